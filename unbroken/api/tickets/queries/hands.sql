-- Through whose hands some tickets went, and how often each was opened again.
-- Planned once.
SELECT event.stream, event.kind, event.at, event.data ->> 'team' AS team_id,
       event.data ->> 'agent' AS agent_id, team.key AS team, agent.name AS agent
FROM ground_event event
LEFT JOIN team ON team.id = (event.data ->> 'team')::bigint
LEFT JOIN agent ON agent.id = (event.data ->> 'agent')::bigint
WHERE event.stream = ANY (%(streams)s::text[])
  AND event.kind IN ('ticket.assigned', 'ticket.queued', 'ticket.reopened')
ORDER BY event.stream, event.version
