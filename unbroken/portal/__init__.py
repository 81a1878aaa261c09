"""What customers see: how things stand, asking, following a request, adding to it.

It asks nobody for a password and shows nobody another's words. Everything is fetched by
permission (`access`); what is not the reader's own is not found.
"""
