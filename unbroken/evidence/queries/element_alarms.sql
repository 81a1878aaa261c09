-- Alarms of things that many may hang on, for whoever opens problems: in order of coming in.
SELECT alarm.id, alarm.resource, alarm.type, alarm.at, alarm.received_at,
       alarm.state = 'raised' AS is_raised
FROM network_alarm alarm
JOIN resource ON resource.key = alarm.resource
WHERE alarm.id > %(after)s AND alarm.received_at > %(since)s
  AND alarm.type = ANY (%(kinds)s) AND resource.kind NOT IN ('line', 'cpe')
ORDER BY alarm.id
