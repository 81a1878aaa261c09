-- Requests that nobody has taken for so long; since when tells one stretch of it from the next.
SELECT ticket.id AS ticket_id, left_at.version::text AS cause
FROM trouble_ticket ticket
JOIN LATERAL (
    SELECT event.at, event.version FROM ground_event event
    WHERE event.stream = 'ticket:' || ticket.id
      AND event.kind IN ('ticket.acknowledged', 'ticket.adopted', 'ticket.assigned',
                         'ticket.reopened')
    ORDER BY event.version DESC LIMIT 1
) left_at ON left_at.at <= %(until)s
WHERE ticket.status IN ('acknowledged', 'inProgress') AND ticket.sleep = ''
  AND ticket.assignee_id IS NULL AND NOT ticket.imported
ORDER BY ticket.id
LIMIT %(limit)s
