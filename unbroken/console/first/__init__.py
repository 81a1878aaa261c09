"""The first page of a desk in which nobody works: its first administrator comes in."""
