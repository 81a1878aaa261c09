"""A small place with a provider: the cast and the demo, shared by tests, seeds, screenshots and docs."""
