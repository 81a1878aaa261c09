-- What happened to the latest requests, in the order in which it happened, for learning how long
-- each leg of their work took and where they went next. The limit counts those that ended.
SELECT ticket.id AS number, topic.key AS topic, ticket.priority, event.kind, event.at,
       CASE WHEN event.by LIKE 'agent:%%' THEN substr(event.by, 7)::bigint END AS by,
       event.data ->> 'team' AS team, event.data ->> 'waiting_for' AS waiting_for,
       (event.data ->> 'problem')::bigint AS problem
FROM (
    SELECT id, topic_id, priority
    FROM trouble_ticket
    WHERE status NOT IN ('cancelled', 'rejected') AND merged_into_id IS NULL
      AND id >= (SELECT coalesce(min(id), 0) FROM (
          SELECT id FROM trouble_ticket WHERE status IN ('resolved', 'closed')
          ORDER BY id DESC LIMIT %(limit)s
      ) ended)
    ORDER BY id
    LIMIT 3 * %(limit)s
) ticket
JOIN ground_event event ON event.stream = 'ticket:' || ticket.id
LEFT JOIN topic ON topic.id = ticket.topic_id
WHERE event.kind = ANY (%(kinds)s::text[])
ORDER BY event.at, event.id
