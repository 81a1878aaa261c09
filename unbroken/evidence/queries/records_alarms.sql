-- Alarms of a line and of what it hangs on in a stretch of time.
SELECT resource, at, type, state, received_at
FROM network_alarm
WHERE resource = ANY (%(chain)s) AND at >= %(since)s AND at < %(until)s
ORDER BY at
LIMIT %(most)s
