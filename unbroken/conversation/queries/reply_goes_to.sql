-- Where an answer to a ticket goes: to who asked, at the address they last wrote from on it if that
-- still is theirs and works, else at their first that works; and to those in copy who may be told.
-- Planned once.
WITH reached AS (
    SELECT part.contact_id, false AS is_copy, 0 AS place
    FROM (SELECT ticket.contact_id FROM trouble_ticket ticket WHERE ticket.id = %(ticket)s) part
    WHERE part.contact_id IS NOT NULL
    UNION ALL
    SELECT part.contact_id, true, part.id
    FROM participant part
    JOIN trouble_ticket ticket ON ticket.id = part.ticket_id
    WHERE part.ticket_id = %(ticket)s AND part.role = 'cc' AND part.confirmed
      AND part.left_at IS NULL AND part.contact_id <> ticket.contact_id
)
SELECT reached.contact_id, reached.is_copy, contact.name,
       coalesce(last.value, first.value) AS address
FROM reached
JOIN contact ON contact.id = reached.contact_id
JOIN LATERAL (
    SELECT address.value
    FROM contact_address address
    WHERE address.contact_id = reached.contact_id AND address.kind = 'email'
      AND NOT address.taken_off AND address.state <> 'dead'
    ORDER BY address.id
    LIMIT 1
) first ON true
LEFT JOIN LATERAL (
    SELECT heard.value
    FROM (
        SELECT message.from_address AS value
        FROM message
        WHERE message.ticket_id = %(ticket)s AND message.direction = 'in'
          AND message.author = 'contact:' || reached.contact_id AND message.from_address <> ''
        ORDER BY message.version DESC
        LIMIT 1
    ) heard
    WHERE NOT reached.is_copy AND EXISTS (
        SELECT FROM contact_address address
        WHERE address.contact_id = reached.contact_id AND address.kind = 'email'
          AND NOT address.taken_off AND address.state <> 'dead'
          AND lower(address.value) = lower(heard.value))
) last ON true
ORDER BY reached.is_copy, reached.place
