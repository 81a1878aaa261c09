-- What failed again and again: cancelled ones were none.
SELECT element, count(*)::int AS times, max(since) AS last_at, max(id) AS latest
FROM service_problem
WHERE since >= %(since)s AND state <> 'cancelled'
GROUP BY element
HAVING count(*) > 1
ORDER BY times DESC, last_at DESC
LIMIT 20
