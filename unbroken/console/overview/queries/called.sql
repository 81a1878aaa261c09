-- Of all who were cut off in a year, how many households wrote or called: what a burst of calls is
-- reckoned from.
SELECT (SELECT count(*) FROM ticket_problem link
        JOIN service_problem problem ON problem.id = link.problem
        WHERE problem.since >= %(since)s)::int AS joined,
       (SELECT count(DISTINCT (affected.problem_id, affected.service_id))
        FROM affected_service affected
        JOIN service_problem problem ON problem.id = affected.problem_id
        WHERE problem.since >= %(since)s AND problem.state <> 'cancelled')::int AS affected
