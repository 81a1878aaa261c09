"""What agents see and press: the list of what to do next, the ticket, the desk's own workings.

Finds with permission, calls one action, shows one query. Decides nothing, sends nothing.
"""
