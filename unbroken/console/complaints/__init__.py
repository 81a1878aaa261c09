"""A complaint on an agent's screen: opening one with a click, and making it good."""
