"""Our own probes of a line: ping, TCP connect, a question to a name server, the way there.

Only addresses of the inventory, of an open session and of the operator's list are probed, never one
that somebody typed. No program is started: each probe is a socket of ours.
"""
