"""What the desk does by itself, or at one key: macros, rules, what recurs.

It writes tickets only through conversation, as an agent would, and never acts on history that
nobody adopted. A rule never answers a machine, and never starts itself.
"""
