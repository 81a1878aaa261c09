"""What customers are told: the policy, one request's share of it, and how well it went."""
