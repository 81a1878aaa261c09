"""What recurs is written, paused, skipped once; and says when it comes next."""
