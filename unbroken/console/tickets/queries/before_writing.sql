-- What has to be known before something is written on a ticket, if the writer may see it: where it
-- stands, and what people said on it since the writer last read (never the writer, never machines).
-- Planned once.
SELECT ticket.id, ticket.status, ticket.assignee_id,
       coalesce((
           SELECT jsonb_agg(jsonb_build_array(said.author, said.from_name, said.from_address)
                            ORDER BY said.version)
           FROM message said
           WHERE said.ticket_id = ticket.id AND said.version > %(seen)s::bigint
             AND said.kind IN ('message', 'note') AND said.withdrawn_at IS NULL
             AND said.author <> 'agent:' || %(me)s::bigint
       ), '[]') AS news
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
