"""The record: trouble tickets, messages, notes, deliveries. Every word exchanged and every state, with who and when."""
