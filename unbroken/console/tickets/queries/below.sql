-- The open requests below one that the reader may see, with whose they are and in which language
-- their customer is written to; and what people said on each after the version that the writer had
-- before their eyes (`seen`: number to version; never the writer's own words, never machines').
-- Planned once.
SELECT ticket.id AS number, ticket.name, ticket.version,
       coalesce(contact.name, customer.name, '') AS who,
       coalesce(nullif(contact.language, ''), customer.language, ticket.language) AS language,
       coalesce((
           SELECT jsonb_agg(jsonb_build_array(message.author, message.from_name,
                                              message.from_address, message.at,
                                              left(words.text, 600), message.id, message.kind)
                            ORDER BY message.version)
           FROM message
           LEFT JOIN ground_said words ON words.id = message.words_id
           WHERE message.ticket_id = ticket.id
             AND message.version > (%(seen)s::jsonb ->> ticket.id::text)::bigint
             AND message.kind IN ('message', 'note') AND message.withdrawn_at IS NULL
             AND message.author <> 'agent:' || %(me)s::bigint
       ), '[]'::jsonb) AS said
FROM ticket_relationship link
JOIN trouble_ticket ticket ON ticket.id = link.ticket_id
LEFT JOIN contact ON contact.id = ticket.contact_id
LEFT JOIN customer ON customer.id = ticket.customer_id
WHERE link.other_id = %(number)s AND link.kind = 'parent' AND link.ended_at IS NULL
  AND ticket.status = ANY (%(open)s::text[])
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
ORDER BY ticket.id
LIMIT %(limit)s::int
