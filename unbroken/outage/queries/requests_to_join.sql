-- Open reports of a fault about services that a problem took along, written since shortly before it
-- began, that belong to no problem and were not taken out of this one.
SELECT ticket.id
FROM affected_service affected
JOIN service_problem problem ON problem.id = affected.problem_id
JOIN trouble_ticket ticket ON ticket.service_id = affected.service_id
WHERE affected.problem_id = %(problem)s AND affected.until IS NULL
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND ticket.ticket_type = 'incident' AND ticket.merged_into_id IS NULL AND NOT ticket.imported
  AND ticket.reported_at >= problem.since - interval '15 minutes'
  AND NOT EXISTS (
      SELECT 1 FROM ticket_problem link
      WHERE link.ticket_id = ticket.id
        AND (link.ended_at IS NULL OR link.problem = problem.id)
  )
ORDER BY ticket.id
LIMIT 500
