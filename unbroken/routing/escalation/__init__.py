"""Escalation: what is not looked at climbs, step by step, until somebody has it."""
