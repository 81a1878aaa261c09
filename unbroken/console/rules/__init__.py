"""Rules are written, rehearsed, put in order, switched on, and tell what they did."""
