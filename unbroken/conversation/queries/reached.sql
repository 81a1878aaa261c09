-- Whom an answer on a ticket reaches, the reporter first, then confirmed people in copy; with
-- the address the reporter last wrote from on it.
SELECT ticket.contact_id,
       coalesce((SELECT message.from_address FROM message
                 WHERE message.ticket_id = ticket.id AND message.direction = 'in'
                   AND message.author = 'contact:' || ticket.contact_id
                   AND message.from_address <> ''
                 ORDER BY message.version DESC LIMIT 1), '') AS heard_from,
       0 AS place
FROM trouble_ticket ticket
WHERE ticket.id = %(ticket_id)s AND ticket.contact_id IS NOT NULL
UNION ALL
SELECT participant.contact_id, '', participant.id
FROM participant
JOIN trouble_ticket ticket ON ticket.id = participant.ticket_id
WHERE participant.ticket_id = %(ticket_id)s AND participant.role = 'cc' AND participant.confirmed
  AND participant.left_at IS NULL AND participant.contact_id <> ticket.contact_id
ORDER BY place
