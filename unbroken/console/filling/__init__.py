"""Links that fill up: the week's list with its pictures, offers to customers, work for planners."""
