"""The writers of the records of the network: in bulk, known again by their natural key."""
