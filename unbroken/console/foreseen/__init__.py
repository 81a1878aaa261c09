"""How true the times were that customers were told, and what breaks before it does."""
