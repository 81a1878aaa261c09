"""What is known, as those who work here see it: articles, gaps, canned answers, the topics."""
