-- What happened to the latest requests, for learning how long they take. Those that were
-- withdrawn, refused or merged away teach nothing about that. The limit counts those that ended;
-- all that are open since the first of them come along, or the quick ones alone would be seen.
SELECT ticket.id AS number, topic.key AS topic, ticket.priority, event.kind, event.at,
       event.data ->> 'team' AS team, event.data ->> 'activity' AS activity
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
ORDER BY ticket.id, event.version
