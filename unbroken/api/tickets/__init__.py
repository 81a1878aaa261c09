"""Tickets over the API: the list, one of them, what is said on it, what becomes of it."""
