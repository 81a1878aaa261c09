"""A small place with a provider: the cast and the demo.

Tests, seeds, screenshots and docs all use the same people.
"""
