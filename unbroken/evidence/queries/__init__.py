"""Questions to the records of the network."""
