-- A line's sessions of a year, as much of each as had arrived by the moment asked about; in one
-- document, in the order of facts.Session.
-- Planned once.
SELECT coalesce(json_agg(json_build_array(
           %(service)s::text, nas, session, started_at,
           CASE WHEN end_arrived_at <= %(at)s THEN ended_at END,
           CASE WHEN end_arrived_at <= %(at)s THEN ended_by ELSE '' END,
           CASE WHEN end_arrived_at <= %(at)s AND cause IS NOT NULL
                THEN coalesce((%(causes)s::text[])[cause + 1], cause::text) ELSE '' END,
           input_octets, output_octets,
           CASE WHEN heard_arrived_at <= %(at)s THEN heard_at END,
           timeout, interim, mac, coalesce(host(address), ''),
           (line->>'rate_down')::int, (line->>'rate_up')::int
       ) ORDER BY started_at), '[]')::text
FROM radius_session
WHERE ("user" = ANY (%(users)s)
       OR %(circuit)s::text <> '' AND circuit <> '' AND circuit = %(circuit)s
       OR %(address)s::inet IS NOT NULL AND address = %(address)s::inet AND %(users)s = '{}')
  AND started_at >= %(since)s AND started_at <= %(at)s AND start_arrived_at <= %(at)s
