"""The page of a line: its time, its breaks, its levels, its neighbours, down to the raw record."""
