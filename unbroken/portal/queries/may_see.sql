-- Whether one of them is this ticket.
SELECT seen.id FROM seen WHERE seen.id = %(number)s
