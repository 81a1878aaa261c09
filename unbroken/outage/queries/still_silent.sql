-- Services of a problem that are not back by their own evidence: they had sessions, the last one
-- ended, and none followed. Who never had one says nothing against it.
SELECT affected.service_id AS id
FROM affected_service affected
JOIN service ON service.id = affected.service_id
CROSS JOIN LATERAL (
    SELECT session.ended_at
    FROM radius_session session
    WHERE session."user" = service.access_name AND service.access_name <> ''
    ORDER BY session.started_at DESC
    LIMIT 1
) last_one
WHERE affected.problem_id = %(problem)s AND affected.until IS NULL
  AND last_one.ended_at IS NOT NULL
ORDER BY affected.service_id
