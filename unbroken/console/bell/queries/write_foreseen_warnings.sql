-- A promise that will more likely than not be missed, as foreseen from shifts and queues, rings as
-- soon as that is known: once for each promise, for those who lead the team, else for the heads of
-- support. A ring about the same due time changes nothing.
WITH late AS (
    SELECT clock.ticket_id, min(clock.due_at) AS due_at, ticket.team_id
    FROM routing_foreseen foreseen
    JOIN trouble_ticket ticket ON ticket.id = foreseen.ticket_id
    JOIN promise_clock clock ON clock.ticket_id = ticket.id AND clock.ended_at IS NULL
    WHERE foreseen.ended_at IS NULL
      AND clock.measure IN ('time_to_restore', 'time_to_resolve', 'request_delivered')
      AND clock.paused_since IS NULL AND clock.due_at > %(at)s::timestamptz
      AND foreseen.p50_at > clock.due_at
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
    GROUP BY clock.ticket_id, ticket.team_id
), led AS (
    SELECT late.ticket_id, late.due_at, membership.agent_id
    FROM late JOIN membership ON membership.team_id = late.team_id
         AND membership.until_at IS NULL AND membership.role = 'lead'
), called AS (
    SELECT ticket_id, due_at, agent_id FROM led
    UNION
    SELECT late.ticket_id, late.due_at, head.id
    FROM late JOIN agent head ON head.role = 'head'
    WHERE NOT EXISTS (SELECT FROM led WHERE led.ticket_id = late.ticket_id)
)
INSERT INTO ring (agent_id, ticket_id, kinds, at, event_id, foreseen_due_at)
SELECT called.agent_id, called.ticket_id, ARRAY['foreseen'], %(at)s, 0, called.due_at
FROM called JOIN agent ON agent.id = called.agent_id AND agent.active
ON CONFLICT (agent_id, ticket_id) DO UPDATE
SET kinds = CASE WHEN ring.seen_at IS NOT NULL THEN excluded.kinds
                 ELSE ARRAY(SELECT DISTINCT unnest(ring.kinds || excluded.kinds)) END,
    at = excluded.at, foreseen_due_at = excluded.foreseen_due_at, seen_at = NULL
WHERE ring.foreseen_due_at IS DISTINCT FROM excluded.foreseen_due_at
RETURNING agent_id
