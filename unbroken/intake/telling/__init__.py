"""What a customer is told: one policy, and everything that is worked out from it.

The door sees every room below and owns what leaves, so the rooms only tell events and nothing of
theirs writes to a customer. Whoever adds a message adds its line to `policy.py` first.
"""
