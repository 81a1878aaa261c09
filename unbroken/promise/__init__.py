"""What was promised: agreements, measures, clocks. Every clock is a fold over the event log.

It never writes the record, and no deadline is ever stored that the log could not give back.
"""
