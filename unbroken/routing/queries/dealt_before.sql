-- Who dealt with a request before and, after them, with the caller's other requests: latest first.
SELECT agent_id FROM (
    SELECT substr(event.by, 7)::bigint AS agent_id, 0 AS place, max(event.at) AS at
    FROM ground_event event
    WHERE event.stream = 'ticket:' || %(ticket)s::bigint AND event.by LIKE 'agent:%%'
      AND event.kind IN ('ticket.replied', 'ticket.noted', 'ticket.started')
    GROUP BY event.by
    UNION ALL
    (SELECT other.assignee_id, 1, other.created_at
     FROM trouble_ticket other
     WHERE other.customer_id = %(customer)s::bigint AND other.id <> %(ticket)s::bigint
       AND other.assignee_id IS NOT NULL AND other.created_at > %(since)s
     ORDER BY other.id DESC LIMIT 5)
) dealt
ORDER BY place, at DESC
