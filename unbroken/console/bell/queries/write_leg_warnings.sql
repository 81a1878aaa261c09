-- Targets within the house at risk ring, once for each leg and agent: for whoever holds the request,
-- or for everybody of its team while nobody does; when half of the time between warning and due has
-- gone, for those who lead that team. Heads of support and customers are spared: it is a promise
-- among ourselves. Read from the index of running legs.
WITH near AS (
    SELECT leg.ticket_id, leg.due_at, ticket.assignee_id, ticket.team_id,
           leg.due_at - %(at)s::timestamptz <= (leg.due_at - leg.warn_at) / 2 AS is_pressing
    FROM leg_clock leg
    JOIN trouble_ticket ticket ON ticket.id = leg.ticket_id
    WHERE leg.ended_at IS NULL AND leg.warn_at <= %(at)s::timestamptz
      AND leg.due_at BETWEEN %(at)s::timestamptz - interval '1 hour'
                         AND %(at)s::timestamptz + interval '1 day'
), called AS (
    SELECT ticket_id, due_at, assignee_id AS agent_id FROM near WHERE assignee_id IS NOT NULL
    UNION
    SELECT near.ticket_id, near.due_at, membership.agent_id
    FROM near JOIN membership ON membership.team_id = near.team_id AND membership.until_at IS NULL
    WHERE near.assignee_id IS NULL OR (membership.role = 'lead' AND near.is_pressing)
)
INSERT INTO ring (agent_id, ticket_id, kinds, at, event_id, leg_due_at)
SELECT called.agent_id, called.ticket_id, ARRAY['leg'], %(at)s, 0, min(called.due_at)
FROM called JOIN agent ON agent.id = called.agent_id AND agent.active
GROUP BY called.agent_id, called.ticket_id
ON CONFLICT (agent_id, ticket_id) DO UPDATE
SET kinds = CASE WHEN ring.seen_at IS NOT NULL THEN excluded.kinds
                 ELSE ARRAY(SELECT DISTINCT unnest(ring.kinds || excluded.kinds)) END,
    at = excluded.at, leg_due_at = excluded.leg_due_at, seen_at = NULL
WHERE ring.leg_due_at IS DISTINCT FROM excluded.leg_due_at
RETURNING agent_id
