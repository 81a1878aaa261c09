-- Which raw thing a message came from, if it stands on one of these tickets.
SELECT message.intake_id AS id
FROM message
WHERE message.id = %(message)s AND message.ticket_id = ANY (%(tickets)s)
  AND message.intake_id IS NOT NULL
