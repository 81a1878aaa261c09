-- What happened on the tickets that somebody follows since they last read each, done by others;
-- only where they may still see it. Being asked to follow is news too.
SELECT watcher.ticket_id AS number, ticket.name, count(*) AS things,
       max(event.id) AS event_id, max(event.at) AS at,
       (array_agg(event.kind ORDER BY event.id DESC))[1] AS kind,
       (array_agg(event.by ORDER BY event.id DESC))[1] AS by
FROM watcher
JOIN trouble_ticket ticket ON ticket.id = watcher.ticket_id
LEFT JOIN read_mark mark ON mark.ticket_id = watcher.ticket_id AND mark.agent_id = %(me)s
JOIN ground_event event
  ON event.stream = 'ticket:' || watcher.ticket_id
 AND event.version > greatest(coalesce(mark.version, 0), watcher.version - 1)
 AND event.by <> 'agent:' || %(me)s
 AND (event.kind = ANY (%(kinds)s::text[])
      OR (event.kind = 'ticket.watched' AND (event.data ->> 'agent')::bigint = %(me)s))
WHERE watcher.agent_id = %(me)s AND watcher.left_at IS NULL
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
GROUP BY watcher.ticket_id, ticket.name
ORDER BY max(event.id) DESC
LIMIT %(limit)s
