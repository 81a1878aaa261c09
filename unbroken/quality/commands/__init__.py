"""What operators type about figures."""
