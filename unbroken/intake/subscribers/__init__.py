"""Who wants the status page by mail: an address, what of it, and how far they were told."""
