"""Is it well again? Asked once after the end of a problem; a no goes on with that line."""
