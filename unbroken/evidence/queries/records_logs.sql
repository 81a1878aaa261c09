-- Log lines about a line in a stretch of time: of its things, or naming its session's user.
SELECT at, received_at, host, resource, kind, text
FROM log_line
WHERE at >= %(since)s AND at < %(until)s
  AND (resource = ANY (%(chain)s) OR "user" = ANY (%(users)s))
ORDER BY at
LIMIT %(most)s
