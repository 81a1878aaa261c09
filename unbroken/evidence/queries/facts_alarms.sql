-- Alarms of a line, of what it shares and of its neighbours, that had arrived by then.
SELECT resource, at, type, state
FROM network_alarm
WHERE resource = ANY (%(resources)s) AND at > %(since)s AND at <= %(at)s AND received_at <= %(at)s
ORDER BY at
