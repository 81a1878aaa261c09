"""Ways through the agents' door besides the password, and what each agent keeps for them."""
