-- How much each problem cost: services away now, services in all, minutes lost by all of them. Who is
-- not back at its end has something of their own: what that lasts is no cost of the problem.
SELECT affected.problem_id AS problem,
       count(*) FILTER (WHERE affected.until IS NULL)::int AS away,
       count(DISTINCT affected.service_id)::int AS affected,
       (sum(extract(epoch FROM GREATEST(
           COALESCE(affected.until, problem.until, %(at)s) - affected.since, interval '0'))) / 60)::int
           AS minutes_lost
FROM affected_service affected
JOIN service_problem problem ON problem.id = affected.problem_id
WHERE affected.problem_id = ANY (%(problems)s)
GROUP BY affected.problem_id
