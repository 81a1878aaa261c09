-- A line's sessions that touch a stretch of time, as they are kept: for whoever checks what we say.
SELECT id, nas, session, "user", circuit, mac, port, coalesce(host(address), prefix) AS address,
       started_at, start_arrived_at, heard_at, heard_arrived_at, ended_at, end_arrived_at, ended_by,
       cause, input_octets, output_octets
FROM radius_session
WHERE ("user" = ANY (%(users)s)
       OR %(circuit)s::text <> '' AND circuit <> '' AND circuit = %(circuit)s
       OR %(address)s::inet IS NOT NULL AND address = %(address)s::inet)
  AND started_at < %(until)s AND coalesce(ended_at, heard_at, started_at) >= %(since)s
ORDER BY started_at
LIMIT %(most)s
