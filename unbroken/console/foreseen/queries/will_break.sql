-- Promises that are kept by being done and will more likely than not be missed, as foreseen from
-- shifts and queues: those of some teams that still run, the earliest first.
SELECT clock.ticket_id AS number, ticket.name, clock.measure, clock.due_at, foreseen.p50_at,
       team.name AS team, agent.name AS assignee
FROM routing_foreseen foreseen
JOIN trouble_ticket ticket ON ticket.id = foreseen.ticket_id
JOIN promise_clock clock ON clock.ticket_id = ticket.id AND clock.ended_at IS NULL
LEFT JOIN team ON team.id = ticket.team_id
LEFT JOIN agent ON agent.id = ticket.assignee_id
WHERE foreseen.ended_at IS NULL AND clock.measure = ANY (%(measures)s::text[])
  AND clock.paused_since IS NULL AND clock.due_at > %(at)s::timestamptz
  AND foreseen.p50_at > clock.due_at
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (%(teams)s::bigint[] IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[]))
ORDER BY clock.due_at, clock.ticket_id
LIMIT %(limit)s
