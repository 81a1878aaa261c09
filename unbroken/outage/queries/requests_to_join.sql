-- Open reports of a fault about services that a problem took along, written since shortly before it
-- began, that belong to no problem and were not taken out of this one. One that names no service is
-- about it where its customer suffers from no other problem.
WITH away AS (
    SELECT affected.service_id, service.customer_id, problem.id AS problem, problem.since
    FROM affected_service affected
    JOIN service_problem problem ON problem.id = affected.problem_id
    JOIN service ON service.id = affected.service_id
    WHERE affected.problem_id = %(problem)s AND affected.until IS NULL
), about AS (
    SELECT ticket.id FROM away
    JOIN trouble_ticket ticket ON ticket.service_id = away.service_id
    UNION
    SELECT ticket.id FROM (SELECT DISTINCT customer_id FROM away) struck
    JOIN trouble_ticket ticket ON ticket.customer_id = struck.customer_id
         AND ticket.service_id IS NULL
    WHERE NOT EXISTS (
        SELECT FROM service
        JOIN affected_service beside ON beside.service_id = service.id AND beside.until IS NULL
        JOIN service_problem other ON other.id = beside.problem_id
        WHERE service.customer_id = struck.customer_id AND other.id <> %(problem)s
          AND other.closed_at IS NULL AND other.state IN ('acknowledged', 'inProgress', 'held'))
)
SELECT ticket.id
FROM about
JOIN trouble_ticket ticket ON ticket.id = about.id
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND ticket.ticket_type = 'incident' AND ticket.merged_into_id IS NULL AND NOT ticket.imported
  AND ticket.reported_at >= (SELECT min(since) FROM away) - interval '15 minutes'
  AND NOT EXISTS (
      SELECT 1 FROM ticket_problem link
      WHERE link.ticket_id = ticket.id
        AND (link.ended_at IS NULL OR link.problem = %(problem)s)
  )
ORDER BY ticket.id
LIMIT 500
