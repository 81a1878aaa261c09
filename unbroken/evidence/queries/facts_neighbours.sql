-- The sessions of neighbours that touch the last days: who was lost when this line was. Of what
-- began before those days the last two are looked at: nobody has more at once, and a static line's
-- may be months old. A document for each, in the order of facts.Session.
-- Planned once.
SELECT service, json_agg(json_build_array(
           service, nas, session, started_at,
           CASE WHEN end_arrived_at <= %(at)s THEN ended_at END,
           CASE WHEN end_arrived_at <= %(at)s THEN ended_by ELSE '' END,
           CASE WHEN end_arrived_at <= %(at)s AND cause IS NOT NULL
                THEN coalesce((%(causes)s::text[])[cause + 1], cause::text) ELSE '' END,
           0, 0, CASE WHEN heard_arrived_at <= %(at)s THEN heard_at END, timeout, interim
       ) ORDER BY started_at)::text
FROM unnest(%(users)s::text[], %(services)s::text[]) given (name, service)
CROSS JOIN LATERAL (
    SELECT * FROM radius_session
    WHERE "user" = given.name AND started_at >= %(since)s AND started_at <= %(at)s
      AND start_arrived_at <= %(at)s
    UNION ALL
    (SELECT * FROM radius_session
     WHERE "user" = given.name AND started_at >= %(oldest)s AND started_at < %(since)s
       AND start_arrived_at <= %(at)s
     ORDER BY started_at DESC LIMIT 2)
) near
WHERE ended_at IS NULL OR ended_at >= %(since)s
GROUP BY service
