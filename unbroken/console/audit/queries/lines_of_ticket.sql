-- The same for one request: its own events, done by people of the desk, belong to it here.
WITH deeds AS (
    SELECT 'e' AS source, id, at, "by" AS who, stream AS thing, kind, version, data,
           '' AS note, '' AS why, '' AS place
    FROM ground_event
    WHERE %(with_events)s AND stream = %(thing)s AND "by" LIKE 'agent:%%'
      AND (%(only)s::text[] IS NULL OR kind = ANY (%(only)s::text[]))
      AND (%(who)s::text IS NULL OR "by" = %(who)s)
), traced AS (
    SELECT 't' AS source, id, at, coalesce('agent:' || agent, '') AS who, thing, kind,
           0 AS version, NULL::jsonb AS data, note, why, place
    FROM trace
    WHERE %(with_traces)s AND thing = %(thing)s
      AND (%(only)s::text[] IS NULL OR kind = ANY (%(only)s::text[]))
      AND (%(who)s::text IS NULL OR agent = nullif(substr(%(who)s, 7), '')::bigint)
), lines AS (
    SELECT * FROM deeds
    UNION ALL
    SELECT * FROM traced
)
SELECT * FROM lines
WHERE at >= %(since)s AND at < %(until)s
  AND (at, source, id) < (%(before_at)s, %(before_source)s, %(before_id)s)
ORDER BY at DESC, source DESC, id DESC
LIMIT %(limit)s
