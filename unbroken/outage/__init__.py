"""Outages: one problem that many services share, from the first silence to what was learned.

It opens, names, follows and ends problems, and joins requests to them. It tells nobody anything:
the door listens to its events. It never writes a request but through conversation.
"""
