-- What went back and forth with a contact since an instant that no person of ours wrote: their own
-- words, our acknowledgements, what rules answered. On the requests they opened since, and on one.
-- Planned once.
SELECT message.direction = 'in' AS is_theirs, message.at,
       CASE WHEN message.direction = 'in' THEN coalesce(said.text, '') ELSE '' END AS words
FROM (
    SELECT id FROM trouble_ticket
    WHERE contact_id = %(contact)s AND created_at > %(since)s
    ORDER BY id DESC LIMIT %(tickets)s
) lately
JOIN message ON message.ticket_id = lately.id
LEFT JOIN ground_said said ON said.id = message.words_id AND message.direction = 'in'
WHERE message.at > %(since)s AND message.withdrawn_at IS NULL
  AND (message.direction = 'in'
       OR message.direction = 'out' AND message.author LIKE 'house%%')
ORDER BY message.at, message.id
