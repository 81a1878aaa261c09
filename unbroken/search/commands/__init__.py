"""What operators type about the index."""
