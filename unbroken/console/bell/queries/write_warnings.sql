-- Promises at risk ring, once for each agent: for whoever holds the request, or for everybody of its
-- team while nobody does; when half of the time between warning and due has gone, for those who
-- lead the team; when three quarters have, for the heads of support. Nobody is told by more than
-- the bell, and no customer at all. One question for all agents: the promises due within a day of
-- now, read from the index by which lists are sorted.
WITH near AS (
    SELECT promise.ticket_id, promise.due_at, ticket.assignee_id, ticket.team_id,
           CASE WHEN clock.warn_at < promise.due_at
                THEN extract(epoch FROM promise.due_at - %(at)s::timestamptz)
                     / extract(epoch FROM promise.due_at - clock.warn_at)
                ELSE 1 END AS left_share
    FROM next_promise promise
    JOIN trouble_ticket ticket ON ticket.id = promise.ticket_id
    LEFT JOIN promise_clock clock
        ON clock.ticket_id = promise.ticket_id AND clock.measure = promise.measure
    WHERE promise.due_at BETWEEN %(at)s::timestamptz - interval '1 hour'
                             AND %(at)s::timestamptz + interval '1 day'
      AND promise.is_warned
), called AS (
    SELECT ticket_id, due_at, assignee_id AS agent_id FROM near WHERE assignee_id IS NOT NULL
    UNION
    SELECT near.ticket_id, near.due_at, membership.agent_id
    FROM near JOIN membership ON membership.team_id = near.team_id AND membership.until_at IS NULL
    WHERE near.assignee_id IS NULL
       OR (membership.role = 'lead' AND near.left_share <= 0.5)
    UNION
    SELECT near.ticket_id, near.due_at, head.id
    FROM near JOIN agent head ON head.role = 'head'
    WHERE near.left_share <= 0.25
)
INSERT INTO ring (agent_id, ticket_id, kinds, at, event_id, due_at)
SELECT called.agent_id, called.ticket_id, ARRAY['due'], %(at)s, 0, called.due_at
FROM called JOIN agent ON agent.id = called.agent_id AND agent.active
ON CONFLICT (agent_id, ticket_id) DO UPDATE
SET kinds = CASE WHEN ring.seen_at IS NOT NULL THEN excluded.kinds
                 ELSE ARRAY(SELECT DISTINCT unnest(ring.kinds || excluded.kinds)) END,
    at = excluded.at, due_at = excluded.due_at, seen_at = NULL
WHERE ring.due_at IS DISTINCT FROM excluded.due_at
RETURNING agent_id
