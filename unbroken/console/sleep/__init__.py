"""Requests that sleep: put off until a time or an answer, and back by themselves."""
