"""The customer's own line: what we see of it, in plain words."""
