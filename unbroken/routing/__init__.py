"""Who gets the work: queues and assignment. It writes the record only through conversation."""
