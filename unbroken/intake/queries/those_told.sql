-- Everybody who takes part in a ticket and what mail they wish: for the page that says what they
-- will get.
SELECT contact.id AS contact_id, contact.name, contact.mails, participant.follows,
       participant.role, COALESCE(min(address.value) FILTER (WHERE address.state <> 'dead'), '')
           AS email
FROM participant
JOIN contact ON contact.id = participant.contact_id
LEFT JOIN contact_address address ON address.contact_id = contact.id
     AND address.kind = 'email' AND NOT address.taken_off
WHERE participant.ticket_id = %(ticket)s AND participant.left_at IS NULL
GROUP BY contact.id, participant.id
ORDER BY participant.id
LIMIT 100
