-- What came in and went out, for scripts and checks: one page of messages after a given one, ticket
-- by ticket in the order of its record. What was said among ourselves is left out.
SELECT message.id, message.version, message.message_id, message.ticket_id AS ticket, message.direction,
       message.kind, message.channel, message.from_name, message.subject, message.at,
       message."to" AS "to", message.cc,
       coalesce(nullif(message.from_address, ''),
                CASE WHEN message.direction = 'out' THEN mailbox.address END, '') AS from_address,
       encode(message.sha256, 'hex') AS sha256
FROM message
JOIN trouble_ticket ticket ON ticket.id = message.ticket_id
LEFT JOIN mailbox ON mailbox.key = ticket.mailbox
WHERE message.direction IN ('in', 'out') AND message.withdrawn_at IS NULL
  AND (message.ticket_id, message.version, message.id) > (%(ticket_after)s, %(version_after)s, %(id_after)s)
  AND (%(ticket)s::bigint IS NULL OR message.ticket_id = %(ticket)s)
ORDER BY message.ticket_id, message.version, message.id
LIMIT %(limit)s
