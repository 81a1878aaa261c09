-- One session by its number, if it is of this line.
SELECT id, nas, session, "user", circuit, mac, port, coalesce(host(address), prefix) AS address,
       started_at, start_arrived_at, heard_at, heard_arrived_at, ended_at, end_arrived_at, ended_by,
       cause, input_octets, output_octets
FROM radius_session
WHERE ("user" = ANY (%(users)s)
       OR %(circuit)s::text <> '' AND circuit <> '' AND circuit = %(circuit)s
       OR %(address)s::inet IS NOT NULL AND address = %(address)s::inet)
  AND id = %(id)s
