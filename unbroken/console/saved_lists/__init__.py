"""Lists that somebody gave a name: for themselves, their team, or everybody."""
