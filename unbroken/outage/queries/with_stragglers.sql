-- Problems that are over and from which some are still away: those are asked for a sign of life.
SELECT problem.id
FROM service_problem problem
WHERE problem.state IN ('resolved', 'closed') AND problem.until >= %(since)s
  AND EXISTS (
      SELECT FROM affected_service affected
      WHERE affected.problem_id = problem.id AND affected.until IS NULL)
ORDER BY problem.id
LIMIT 200
