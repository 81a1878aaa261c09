-- An event rings for those whom it concerns: who holds the request, who was given it, who was
-- called by name, who was asked to follow it, who watches it; never for the one who did it, nor for whoever has read it
-- already. Again the same event changes nothing. Answers with whose bell changed.
INSERT INTO ring (agent_id, ticket_id, kinds, at, event_id)
SELECT whom.agent_id, %(ticket)s, array_agg(DISTINCT whom.kind), %(at)s, %(event)s
FROM (
    SELECT ticket.assignee_id AS agent_id, %(mine)s::text AS kind
    FROM trouble_ticket ticket WHERE ticket.id = %(ticket)s AND %(mine)s <> ''
    UNION ALL
    SELECT watcher.agent_id, 'watched' FROM watcher
    WHERE watcher.ticket_id = %(ticket)s AND watcher.left_at IS NULL AND %(is_news)s
    UNION ALL
    SELECT called.id, 'called' FROM unnest(%(called)s::bigint[]) AS called (id)
    UNION ALL
    SELECT given.id, 'given' FROM unnest(%(given)s::bigint[]) AS given (id)
    UNION ALL
    SELECT asked.id, 'asked' FROM unnest(%(asked)s::bigint[]) AS asked (id)
    UNION ALL
    SELECT other.id, %(why)s::text FROM unnest(%(others)s::bigint[]) AS other (id)
) whom
JOIN agent ON agent.id = whom.agent_id AND agent.active
WHERE whom.agent_id <> %(by)s
  AND NOT EXISTS (SELECT FROM read_mark
                  WHERE read_mark.agent_id = whom.agent_id
                    AND read_mark.ticket_id = %(ticket)s AND read_mark.version >= %(version)s)
GROUP BY whom.agent_id
ON CONFLICT (agent_id, ticket_id) DO UPDATE
SET kinds = CASE WHEN ring.seen_at IS NOT NULL THEN excluded.kinds
                 ELSE ARRAY(SELECT DISTINCT unnest(ring.kinds || excluded.kinds)) END,
    at = excluded.at, event_id = excluded.event_id, seen_at = NULL
WHERE ring.event_id < excluded.event_id
RETURNING agent_id
