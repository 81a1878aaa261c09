-- Problems that are over and to which requests still belong.
SELECT DISTINCT problem.id
FROM ticket_problem link
JOIN service_problem problem ON problem.id = link.problem
WHERE link.ended_at IS NULL AND problem.state IN ('resolved', 'closed', 'cancelled')
ORDER BY problem.id
LIMIT 100
