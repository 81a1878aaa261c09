-- Who takes part in a ticket now, and whether they may be told anything.
-- Planned once.
SELECT part.contact_id, part.role, part.confirmed, contact.name
FROM participant part
JOIN contact ON contact.id = part.contact_id
WHERE part.ticket_id = %(number)s AND part.left_at IS NULL
ORDER BY part.id
