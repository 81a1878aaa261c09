-- What climbs a path now, then what did: with whom it paged and who has it. Of requests only those
-- that the reader may see, or was paged for.
SELECT escalation.id, path.name AS path, escalation.why, escalation.state,
       escalation.ticket_id, ticket.name AS subject, escalation.problem,
       escalation.begun_at, escalation.next_at, escalation.ended_at,
       holder.name AS by_agent,
       coalesce(paged.agents, ARRAY[]::text[]) AS agents, paged.at AS paged_at,
       coalesce(paged.is_mine, false) AS is_mine
FROM escalation
JOIN escalation_path path ON path.id = escalation.path_id
LEFT JOIN trouble_ticket ticket ON ticket.id = escalation.ticket_id
LEFT JOIN agent holder ON holder.id = escalation.by_agent
LEFT JOIN LATERAL (
    SELECT array_agg(agent.name ORDER BY page.id) AS agents, max(page.at) AS at,
           bool_or(page.agent = %(me)s) AS is_mine
    FROM escalation_page page JOIN agent ON agent.id = page.agent
    WHERE page.escalation_id = escalation.id
) paged ON true
WHERE (%(ticket)s = 0 OR escalation.ticket_id = %(ticket)s)
  AND (%(sees_all)s OR paged.is_mine OR escalation.ticket_id IS NULL
       OR ticket.assignee_id = %(me)s OR ticket.team_id = ANY (%(teams)s::bigint[]))
ORDER BY escalation.state <> 'open', escalation.begun_at DESC, escalation.id DESC
LIMIT %(limit)s
