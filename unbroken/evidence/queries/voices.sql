-- What the sessions of some services say since a moment: who was there, of whom a sign of life is due
-- by now, who was heard since.
SELECT count(*)::int AS services,
       count(*) FILTER (WHERE was_there)::int AS there,
       count(*) FILTER (WHERE was_there AND interim > 0)::int AS due,
       COALESCE(sum(LEAST(1.0, extract(epoch FROM %(at)s::timestamptz - %(since)s) / interim))
                FILTER (WHERE was_there AND interim > 0), 0)::float8 AS expected,
       count(*) FILTER (WHERE spoke)::int AS spoke
FROM service
LEFT JOIN LATERAL (
    SELECT session.interim,
           session.started_at <= %(since)s
               AND (session.ended_at IS NULL OR session.ended_at >= %(since)s) AS was_there,
           session.heard_at > %(since)s::timestamptz + interval '5 seconds'
               AND session.ended_at IS NULL AS spoke
    FROM radius_session session
    WHERE session."user" = service.access_name AND service.access_name <> ''
      AND session.started_at <= %(at)s
    ORDER BY session.started_at DESC
    LIMIT 1
) latest ON true
WHERE service.id = ANY (%(services)s)
