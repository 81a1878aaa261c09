"""A step ahead: carriers' notices, our own plans and their calendar."""
