"""A customer's own orders, step by step."""
