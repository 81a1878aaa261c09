-- Problems that are over and to which requests still belong that do not wait for their own line.
SELECT DISTINCT problem.id
FROM ticket_problem link
JOIN service_problem problem ON problem.id = link.problem
JOIN trouble_ticket ticket ON ticket.id = link.ticket_id
WHERE link.ended_at IS NULL AND problem.state IN ('resolved', 'closed', 'cancelled')
  AND (problem.left_at IS NOT NULL OR problem.state = 'cancelled' OR NOT EXISTS (
      SELECT FROM affected_service affected
      WHERE affected.problem_id = problem.id AND affected.service_id = ticket.service_id
        AND affected.until IS NULL))
ORDER BY problem.id
LIMIT 100
