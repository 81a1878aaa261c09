"""A person's rights: what of them is here, handed to them, or forgotten."""
