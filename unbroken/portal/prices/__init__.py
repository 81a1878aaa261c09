"""The equaliser for customers: they set their own service, see what it costs and why, and ask."""
