-- What a person wrote, and what was written to them on their own requests: nothing that was said
-- among ourselves, in side conversations, or by anybody else.
SELECT message.id, message.ticket_id AS request, message.at, message.channel,
       message.author = ANY (%(whose)s::text[]) AS is_theirs, message.subject, said.text AS words,
       message.intake_id
FROM message
LEFT JOIN ground_said said ON said.id = message.words_id
WHERE message.side_id IS NULL AND message.withdrawn_at IS NULL
  AND message.ticket_id IN (
        SELECT ticket.id FROM trouble_ticket ticket WHERE ticket.contact_id = ANY (%(contacts)s::bigint[])
        UNION
        SELECT participant.ticket_id FROM participant WHERE participant.contact_id = ANY (%(contacts)s::bigint[]))
  AND (message.author = ANY (%(whose)s::text[])
       OR (message.direction = 'out' AND message.audience = 'customer'
           AND split_part(message.author, ':', 1) IN ('house', 'agent')
           AND EXISTS (SELECT 1 FROM trouble_ticket ticket
                       WHERE ticket.id = message.ticket_id AND ticket.contact_id = ANY (%(contacts)s::bigint[]))))
ORDER BY message.id
