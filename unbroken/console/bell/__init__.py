"""The bell: what waits for one agent and for nobody else, kept as it happens."""
