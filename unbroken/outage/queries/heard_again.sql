-- Services of a problem that is over which are heard again: their last session is open, and began
-- since they went or said something since the end. When each was heard.
SELECT affected.service_id AS id,
       CASE WHEN last_one.started_at >= affected.since THEN last_one.started_at
            ELSE last_one.heard_at END AS at
FROM affected_service affected
JOIN service_problem problem ON problem.id = affected.problem_id
JOIN service ON service.id = affected.service_id
CROSS JOIN LATERAL (
    SELECT session.started_at, session.heard_at, session.ended_at
    FROM radius_session session
    WHERE session."user" = service.access_name AND service.access_name <> ''
      AND session.started_at <= %(at)s
    ORDER BY session.started_at DESC
    LIMIT 1
) last_one
WHERE affected.problem_id = %(problem)s AND affected.until IS NULL AND problem.until IS NOT NULL
  AND last_one.ended_at IS NULL
  AND (last_one.started_at >= affected.since OR last_one.heard_at > problem.until)
ORDER BY affected.service_id
