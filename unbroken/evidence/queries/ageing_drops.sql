-- Sessions that a line itself ended (lost carrier, lost service), by user and day; not those that
-- ended together with others of the same NAS: that was something they share.
WITH lost AS (
    SELECT "user", (ended_at AT TIME ZONE 'UTC')::date AS day,
           count(*) OVER (PARTITION BY nas, date_bin('2 minutes', ended_at, '2000-01-01+00'))
               AS together
    FROM radius_session
    WHERE "user" = ANY (%(users)s)
      AND started_at >= %(since)s::timestamptz - interval '60 days' AND started_at < %(until)s
      AND ended_at >= %(since)s AND ended_at < %(until)s
      AND ended_by = 'stop' AND cause IN (2, 3)
)
SELECT "user", day, count(*)::int AS drops
FROM lost
WHERE together < 4
GROUP BY "user", day
