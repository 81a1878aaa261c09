-- How much each problem cost: services away now, services in all, minutes lost by all of them.
SELECT problem_id AS problem,
       count(*) FILTER (WHERE until IS NULL)::int AS away,
       count(DISTINCT service_id)::int AS affected,
       (sum(extract(epoch FROM GREATEST(COALESCE(until, %(at)s) - since, interval '0'))) / 60)::int
           AS minutes_lost
FROM affected_service
WHERE problem_id = ANY (%(problems)s)
GROUP BY problem_id
