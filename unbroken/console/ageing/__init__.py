"""Lines that will soon fail: the week's list, a picture for each, work made of it, the mail."""
