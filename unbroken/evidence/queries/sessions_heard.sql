-- Sessions of which anything had arrived by the end and that were not over before the beginning: who
-- was there, as far as accounting tells.
SELECT id, nas, session, "user", circuit, host(address) AS address, started_at, start_arrived_at,
       heard_at, heard_arrived_at, ended_at, end_arrived_at, ended_by, cause, interim
FROM radius_session
WHERE start_arrived_at <= %(until)s
  AND (ended_at IS NULL OR ended_at >= %(since)s)
