-- Two requests as one compares them: whose, since when, where they stand, what was said first and
-- last (side talks apart).
-- Planned once.
SELECT ticket.id AS number, ticket.name, ticket.status, ticket.customer_id, ticket.contact_id,
       ticket.merged_into_id AS merged_into, customer.name AS customer, contact.name AS contact,
       ticket.reported_at, coalesce(assignee.name, team.name) AS hands,
       coalesce(said.n, 0) AS messages, said.first, said.last
FROM trouble_ticket ticket
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact ON contact.id = ticket.contact_id
LEFT JOIN agent assignee ON assignee.id = ticket.assignee_id
LEFT JOIN team ON team.id = ticket.team_id
LEFT JOIN LATERAL (
    SELECT count(*) AS n,
           (array_agg(left(words.text, 600) ORDER BY message.version))[1] AS first,
           (array_agg(left(words.text, 600) ORDER BY message.version DESC))[1] AS last
    FROM message LEFT JOIN ground_said words ON words.id = message.words_id
    WHERE message.ticket_id = ticket.id AND message.side_id IS NULL
      AND message.withdrawn_at IS NULL AND message.kind IN ('message', 'note')
) said ON true
WHERE ticket.id = ANY (%(numbers)s::bigint[])
