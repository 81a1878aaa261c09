-- Sessions for whoever asks from outside, the oldest first.
SELECT nas, session, "user", circuit, started_at, ended_at, ended_by, seconds, heard_at,
       input_octets, output_octets, cause, coalesce(host(address), nullif(prefix, ''))
FROM radius_session
-- WHERE
ORDER BY started_at, id
