-- When anything of this line last arrived: whether a page that shows it is out of date.
-- Planned once.
SELECT greatest(
    (SELECT max(greatest(start_arrived_at, heard_arrived_at, end_arrived_at))
     FROM (
         SELECT start_arrived_at, heard_arrived_at, end_arrived_at FROM radius_session
         WHERE ("user" = ANY (%(users)s)
                OR %(circuit)s::text <> '' AND circuit <> '' AND circuit = %(circuit)s
                OR %(address)s::inet IS NOT NULL AND address = %(address)s::inet
                   AND %(users)s = '{}')
           AND started_at > %(sessions_since)s
         ORDER BY started_at DESC LIMIT 4
     ) latest),
    (SELECT max(received_at) FROM observation WHERE resource = ANY (%(own)s) AND at > %(since)s),
    (SELECT max(received_at) FROM network_alarm
     WHERE resource = ANY (%(chain)s) AND at > %(since)s)
) AS at
