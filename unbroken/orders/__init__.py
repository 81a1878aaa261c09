"""Orders: a new connection, another speed, a move; step by step, each with an owner and a time.

It tells nobody anything and reckons no price: faces show it, and whoever tells customers may listen
to its events.
"""
