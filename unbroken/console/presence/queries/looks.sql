-- Who looks at these tickets now, and who writes; and in whose hands each is, for who may hear it.
SELECT ticket.id AS ticket, ticket.team_id AS team, ticket.assignee_id AS assignee,
       coalesce((
           SELECT jsonb_agg(jsonb_build_array(one.id, one.name, one.writes) ORDER BY one.name)
           FROM (SELECT agent.id, agent.name,
                        greatest(0, ceil(extract(epoch FROM max(looking.writing_until) - now())))
                            AS writes
                 FROM looking JOIN agent ON agent.id = looking.agent_id
                 WHERE looking.ticket_id = ticket.id AND looking.until > now()
                 GROUP BY agent.id, agent.name) one
       ), '[]'::jsonb) AS people
FROM trouble_ticket ticket
WHERE ticket.id = ANY (%(tickets)s::bigint[])
