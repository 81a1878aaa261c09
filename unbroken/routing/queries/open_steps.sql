-- What happened so far to some requests that are open.
SELECT ticket.id AS number, topic.key AS topic, ticket.priority, event.kind, event.at,
       event.data ->> 'team' AS team, event.data ->> 'activity' AS activity
FROM trouble_ticket ticket
JOIN ground_event event ON event.stream = 'ticket:' || ticket.id
LEFT JOIN topic ON topic.id = ticket.topic_id
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (%(numbers)s::bigint[] IS NULL OR ticket.id = ANY (%(numbers)s::bigint[]))
  AND event.kind = ANY (%(kinds)s::text[])
ORDER BY ticket.id, event.version
