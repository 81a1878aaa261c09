"""The chain of work on the page of a request: hand over, accept, ask back, give back."""
