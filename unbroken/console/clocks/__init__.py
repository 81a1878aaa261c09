"""Clocks explained: why a promise is due when it is."""
