-- How it began: the customer's first message on a ticket or on those merged into it.
-- Planned once.
SELECT coalesce(nullif(message.from_name, ''), message.from_address) AS who,
       said.text AS words, message.at
FROM message JOIN ground_said said ON said.id = message.words_id
WHERE message.ticket_id = ANY (%(tickets)s::bigint[]) AND message.direction = 'in'
  AND message.kind = 'message' AND message.withdrawn_at IS NULL AND said.text <> ''
  AND message.side_id IS NULL
ORDER BY message.at, message.id
LIMIT 1
