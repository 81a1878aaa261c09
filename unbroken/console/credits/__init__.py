"""What missed promises cost: the rules of an agreement, the credits, the month's statement."""
