-- A line's sessions of a year, as much of each as had arrived by the moment asked about.
-- Planned once.
SELECT "user", nas, session, started_at,
       CASE WHEN end_arrived_at <= %(at)s THEN ended_at END AS ended_at,
       CASE WHEN end_arrived_at <= %(at)s THEN ended_by ELSE '' END AS ended_by,
       CASE WHEN end_arrived_at <= %(at)s THEN cause END AS cause,
       input_octets, output_octets,
       CASE WHEN heard_arrived_at <= %(at)s THEN heard_at END AS heard_at,
       timeout, interim, mac, coalesce(host(address), '') AS address,
       (line->>'rate_down')::int AS rate_down, (line->>'rate_up')::int AS rate_up
FROM radius_session
WHERE ("user" = ANY (%(users)s)
       OR %(circuit)s::text <> '' AND circuit <> '' AND circuit = %(circuit)s
       OR %(address)s::inet IS NOT NULL AND address = %(address)s::inet AND %(users)s = '{}')
  AND started_at >= %(since)s AND started_at <= %(at)s AND start_arrived_at <= %(at)s
ORDER BY started_at
