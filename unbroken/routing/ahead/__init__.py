"""When open requests will be over, as the desk stands: its people, its queues, what it learned."""
