"""What somebody wishes: which mail, in which language, in whose time."""
