"""What was promised: agreements, measures, clocks. Every clock is a fold over the event log."""
