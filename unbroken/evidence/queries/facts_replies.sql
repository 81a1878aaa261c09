-- What our RADIUS server answered to this customer's log-ins.
SELECT at, "user", nas, message, kind, timeout
FROM radius_reply
WHERE "user" = ANY (%(users)s) AND at > %(since)s AND at <= %(at)s AND arrived_at <= %(at)s
ORDER BY at
