"""The record: tickets, messages, notes, deliveries. Every word and state, with who and when."""
