-- The sessions of neighbours that touch the last days: who was lost when this line was.
-- Planned once.
SELECT "user", nas, session, started_at,
       CASE WHEN end_arrived_at <= %(at)s THEN ended_at END AS ended_at,
       CASE WHEN end_arrived_at <= %(at)s THEN ended_by ELSE '' END AS ended_by,
       CASE WHEN end_arrived_at <= %(at)s THEN cause END AS cause,
       CASE WHEN heard_arrived_at <= %(at)s THEN heard_at END AS heard_at, timeout, interim
FROM radius_session
WHERE "user" = ANY (%(users)s)
  AND started_at >= %(oldest)s AND started_at <= %(at)s AND start_arrived_at <= %(at)s
  AND (ended_at IS NULL OR ended_at >= %(since)s)
ORDER BY started_at
