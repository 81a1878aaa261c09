-- Requests that belong to a problem which is over: all but those whose own line is not back and has
-- time yet to come back.
SELECT link.ticket_id AS id
FROM ticket_problem link
JOIN service_problem problem ON problem.id = link.problem
JOIN trouble_ticket ticket ON ticket.id = link.ticket_id
WHERE link.problem = %(problem)s AND link.ended_at IS NULL
  AND (problem.left_at IS NOT NULL OR problem.state = 'cancelled' OR NOT EXISTS (
      SELECT FROM affected_service affected
      WHERE affected.problem_id = problem.id AND affected.service_id = ticket.service_id
        AND affected.until IS NULL))
ORDER BY link.ticket_id
LIMIT %(limit)s
