-- How long each measure took on the last requests: on the hours that were promised, and by the
-- clock on the wall. What was missed and still runs counts as long as it has run; what runs in time,
-- and what ended without being owed, is left out.
WITH lately AS (
    SELECT id FROM trouble_ticket
    WHERE NOT imported AND merged_into_id IS NULL AND reported_at <= %(at)s
    ORDER BY id DESC LIMIT %(limit)s
)
SELECT clock.measure, clock.agreement,
       array_agg(clock.used_seconds::float8) AS used,
       array_agg(extract(epoch FROM coalesce(clock.ended_at, %(at)s) - clock.started_at)::float8)
           AS elapsed
FROM promise_clock clock
JOIN lately ON lately.id = clock.ticket_id
WHERE clock.state IN ('met', 'missed')
GROUP BY 1, 2
