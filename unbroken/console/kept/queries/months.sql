-- Promises kept and missed by month, for the picture.
SELECT to_char(ended.day, 'YYYY-MM') AS month,
       count(*) FILTER (WHERE ended.is_kept) AS kept,
       count(*) FILTER (WHERE NOT ended.is_kept) AS missed
FROM promise_outcome ended
WHERE ended.kind = 'promise' AND ended.day BETWEEN %(since)s AND %(until)s
  AND (%(what)s = '' OR ended.what = %(what)s)
  AND (%(sees_all)s OR ended.team = 0 OR ended.team = ANY (%(teams)s::bigint[]))
GROUP BY 1
ORDER BY 1
