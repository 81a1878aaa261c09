"""Is it well again? One tap from the mail, or on the first page."""
