-- How promises ended between two days, by what is asked for: how many, in time, and how long they
-- took. `kind`: promises, total outages, or the legs of teams and partners. `wall`: round the clock.
SELECT CASE %(by)s
           WHEN 'topic' THEN ended.topic::text WHEN 'team' THEN ended.team::text
           WHEN 'agreement' THEN ended.agreement WHEN 'priority' THEN ended.priority
           WHEN 'month' THEN to_char(ended.day, 'YYYY-MM') ELSE ended.what END AS key,
       count(*) AS ended,
       count(*) FILTER (WHERE ended.is_kept) AS kept,
       count(*) FILTER (WHERE NOT ended.is_kept) AS missed,
       avg(took.seconds) AS mean,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY took.seconds) AS median,
       percentile_cont(0.8) WITHIN GROUP (ORDER BY took.seconds) AS p80,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY took.seconds) AS p95
FROM promise_outcome ended,
     LATERAL (SELECT CASE WHEN %(wall)s THEN ended.wall_seconds
                          ELSE ended.used_seconds END AS seconds) took
WHERE ended.kind = %(kind)s AND ended.day BETWEEN %(since)s AND %(until)s
  AND (%(what)s = '' OR ended.what = %(what)s)
  AND (%(sees_all)s OR ended.team = 0 OR ended.team = ANY (%(teams)s::bigint[]))
GROUP BY 1
ORDER BY 1
