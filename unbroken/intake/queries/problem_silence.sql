-- News of problems promised to many, kept and missed, by the week in which it was due: for the page
-- of silence and chatter. The same rule as the clock's: news or the end in time keeps it; put off
-- before its time it is neither.
WITH told AS (
    SELECT event.stream, event.version, event.kind, event.at,
           (event.data ->> 'next_at')::timestamptz AS next_at
    FROM service_problem problem
    JOIN ground_event event ON event.stream = 'problem:' || problem.id
    WHERE (problem.until IS NULL OR problem.until >= %(since)s::timestamptz - interval '60 days')
      AND event.kind IN ('problem.news_due', 'problem.news_given', 'problem.ended',
                         'problem.cancelled', 'problem.merged')
), promised AS (
    SELECT next_at, lead(kind) OVER story AS then_kind, lead(at) OVER story AS then_at
    FROM told
    WINDOW story AS (PARTITION BY stream ORDER BY version)
), judged AS (
    SELECT next_at, then_kind, COALESCE(then_at, %(at)s::timestamptz) <= next_at AS in_time
    FROM promised
    WHERE next_at IS NOT NULL
)
SELECT date_trunc('week', next_at AT TIME ZONE %(zone)s)::date AS week,
       count(*) FILTER (WHERE in_time AND then_kind IN ('problem.news_given', 'problem.ended')) AS kept,
       count(*) FILTER (WHERE NOT in_time) AS missed
FROM judged
WHERE next_at >= %(since)s AND next_at < %(until)s
GROUP BY 1
ORDER BY 1
