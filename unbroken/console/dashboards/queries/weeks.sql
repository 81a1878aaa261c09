-- Figures by week: all together, and by team, by topic, by channel. `level` says which of them.
SELECT CASE GROUPING(day.team, day.topic, day.channel)
           WHEN 7 THEN 'all' WHEN 3 THEN 'team' WHEN 5 THEN 'topic' ELSE 'channel'
       END AS level,
       day.figure, date_trunc('week', day.day)::date AS week,
       coalesce(day.team::text, day.topic::text, day.channel, '') AS key,
       sum(day.amount)::bigint AS amount
FROM day_figure day
WHERE day.figure = ANY (%(figures)s) AND day.day BETWEEN %(since)s AND %(until)s
  AND (%(sees_all)s OR day.team = 0 OR day.team = ANY (%(teams)s::bigint[]))
GROUP BY GROUPING SETS (
    (day.figure, date_trunc('week', day.day)),
    (day.figure, date_trunc('week', day.day), day.team),
    (day.figure, date_trunc('week', day.day), day.topic),
    (day.figure, date_trunc('week', day.day), day.channel))
