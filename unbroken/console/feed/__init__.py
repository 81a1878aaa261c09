"""What falls due, in the agent's own calendar program, by an address that only they know."""
