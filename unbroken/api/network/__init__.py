"""What other systems tell about the network."""
