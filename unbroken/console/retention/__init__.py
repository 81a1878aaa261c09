"""For how long things are kept: seen, tried, settled, taken back."""
