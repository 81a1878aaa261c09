"""The chain of work on a request: what is handed over, how it reads, what is happening."""
