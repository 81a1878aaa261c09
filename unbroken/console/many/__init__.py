"""What is done to many requests at once, and taken back."""
