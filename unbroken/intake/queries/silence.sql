-- News promised, kept and missed, by the week in which that was judged: for the page of silence and
-- chatter.
SELECT date_trunc('week', outcome.day)::date AS week,
       count(*) FILTER (WHERE outcome.is_kept) AS kept,
       count(*) FILTER (WHERE NOT outcome.is_kept) AS missed
FROM promise_outcome outcome
WHERE outcome.kind = 'promise' AND outcome.what = 'next_news'
  AND outcome.day >= %(since)s AND outcome.day < %(until)s
GROUP BY 1
ORDER BY 1
