-- What has to be known before something is written on a ticket, if the writer may see it: where it
-- stands, and what people said on it since the writer last read (never the writer, never machines).
-- Planned once.
SELECT ticket.id, ticket.name, ticket.status, ticket.version, ticket.team_id, ticket.assignee_id,
       ticket.mailbox, ticket.merged_into_id AS merged_into,
       coalesce((
           SELECT jsonb_agg(jsonb_build_array(message.author, message.from_name,
                                              message.from_address, message.at,
                                              left(words.text, %(letters)s::int), message.id,
                                              message.kind)
                            ORDER BY message.version)
           FROM message
           LEFT JOIN ground_said words ON words.id = message.words_id
           WHERE message.ticket_id = ticket.id AND message.version > %(seen)s::bigint
             AND message.kind IN ('message', 'note') AND message.withdrawn_at IS NULL
             AND message.author <> 'agent:' || %(me)s::bigint
       ), '[]') AS said
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
