-- Services of a problem that are not back by their own evidence: they had sessions, the last one
-- ended with it, and none followed. Who never had one, or switched off long before, says nothing.
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
  AND last_one.ended_at >= affected.since - interval '15 minutes'
ORDER BY affected.service_id
