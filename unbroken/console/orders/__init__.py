"""Orders: the open ones, one with its steps, a new one; how long they took."""
