"""A new request written down by an agent: somebody phones, or stands at the counter."""
