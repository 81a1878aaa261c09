"""Flows that routers export (NetFlow v5 and v9, IPFIX), and what they add up to. Pure."""
