"""How something that was read enters the record: as a new ticket, or on one that exists."""
