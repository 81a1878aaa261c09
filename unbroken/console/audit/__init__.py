"""Who did what: every deed of the administration, and every look beyond one's own queues."""
