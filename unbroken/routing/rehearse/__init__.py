"""A week of the reference provider, played through the real actions on a clock of its own."""
