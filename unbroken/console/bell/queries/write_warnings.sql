-- Promises at risk ring once for whoever holds the request. One question for all agents: the
-- promises due within a day of now, read from the index by which lists are sorted.
INSERT INTO ring (agent_id, ticket_id, kinds, at, event_id, due_at)
SELECT ticket.assignee_id, ticket.id, ARRAY['due'], %(at)s, 0, promise.due_at
FROM next_promise promise
JOIN trouble_ticket ticket ON ticket.id = promise.ticket_id AND ticket.assignee_id IS NOT NULL
JOIN agent ON agent.id = ticket.assignee_id AND agent.active
WHERE promise.due_at BETWEEN %(at)s::timestamptz - interval '1 hour'
                         AND %(at)s::timestamptz + interval '1 day'
  AND promise.is_warned
ON CONFLICT (agent_id, ticket_id) DO UPDATE
SET kinds = CASE WHEN ring.seen_at IS NOT NULL THEN excluded.kinds
                 ELSE ARRAY(SELECT DISTINCT unnest(ring.kinds || excluded.kinds)) END,
    at = excluded.at, due_at = excluded.due_at, seen_at = NULL
WHERE ring.due_at IS DISTINCT FROM excluded.due_at
RETURNING agent_id
