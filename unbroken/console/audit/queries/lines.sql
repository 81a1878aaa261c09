-- Who did what, for the auditor: deeds of the administration from the log, beside the traces of
-- signing in, reading and taking away. The newest first, from a place on.
WITH deeds AS (
    SELECT 'e' AS source, id, at, "by" AS who, stream AS thing, kind, version, data,
           '' AS note, '' AS why, '' AS place
    FROM ground_event
    WHERE %(with_events)s
      AND NOT imported AND stream NOT LIKE 'ticket:%%' AND stream NOT LIKE 'intake:%%'
      AND ("by" LIKE 'agent:%%' OR stream NOT LIKE ALL (ARRAY['contact:%%', 'customer:%%', 'place:%%',
                                  'product:%%', 'service:%%', 'resource:%%', 'promise:%%', 'violation:%%']))
      AND (%(only)s::text[] IS NULL OR kind = ANY (%(only)s::text[]))
      AND (%(who)s::text IS NULL OR "by" = %(who)s)
      AND (%(thing)s::text IS NULL OR stream = %(thing)s
           OR (kind = 'house.erased' AND data ->> 'whose' = %(thing)s))
      AND at >= %(since)s AND at < %(until)s AND at <= %(before_at)s
      AND (at < %(before_at)s OR (%(before_source)s = 'e' AND id < %(before_id)s)
           OR %(before_source)s > 'e')
    ORDER BY at DESC, id DESC
    LIMIT %(limit)s
), traced AS (
    SELECT 't' AS source, id, at, coalesce('agent:' || agent, '') AS who, thing, kind,
           0 AS version, NULL::jsonb AS data, note, why, place
    FROM trace
    WHERE %(with_traces)s
      AND (%(only)s::text[] IS NULL OR kind = ANY (%(only)s::text[]))
      AND (%(who)s::text IS NULL OR agent = nullif(substr(%(who)s, 7), '')::bigint)
      AND (%(thing)s::text IS NULL OR thing = %(thing)s)
      AND at >= %(since)s AND at < %(until)s AND at <= %(before_at)s
      AND (at < %(before_at)s OR (%(before_source)s = 't' AND id < %(before_id)s)
           OR %(before_source)s > 't')
    ORDER BY at DESC, id DESC
    LIMIT %(limit)s
)
SELECT * FROM deeds
UNION ALL
SELECT * FROM traced
ORDER BY at DESC, source DESC, id DESC
LIMIT %(limit)s
