-- What devices told: the last eight days in full, the month before every three hours, the months
-- before that once a day; of neighbours a fortnight every three hours. Nothing that arrived after
-- the moment asked about. Days that are over were thinned out (`state/thinning.py`), so that only
-- the latest must be picked from the readings themselves.
-- A document for each thing and each set of names: [[at, [value, …]], …].
-- Planned once.
WITH thinned AS (
    SELECT coalesce((SELECT mark::timestamptz FROM source_mark WHERE source = 'thinned readings'),
                    '-infinity') AS until
), told AS (
    SELECT resource, at, names_id, "values"::json FROM observation
    WHERE resource = ANY (%(full)s) AND at >= %(full_since)s AND at <= %(at)s
      AND received_at <= %(at)s
    UNION ALL
    SELECT resource, at, names_id, "values" FROM reading_thinned
    WHERE resource = ANY (%(own)s) AND slot >= %(month)s AND slot < %(thin_until)s
      AND slot < (SELECT until FROM thinned)
      AND received_at <= %(at)s AND at <= %(at)s
    UNION ALL
    (SELECT DISTINCT ON (resource, names_id, date_bin('1 day', slot, '2000-01-01+00'))
            resource, at, names_id, "values" FROM reading_thinned
     WHERE resource = ANY (%(own)s) AND slot >= %(months)s AND slot < %(month)s
       AND slot < (SELECT until FROM thinned) AND received_at <= %(at)s
     ORDER BY resource, names_id, date_bin('1 day', slot, '2000-01-01+00'), slot DESC)
    UNION ALL
    SELECT resource, at, names_id, "values" FROM reading_thinned
    WHERE resource = ANY (%(theirs)s) AND slot >= %(fortnight)s AND slot <= %(at)s
      AND slot < (SELECT until FROM thinned) AND received_at <= %(at)s AND at <= %(at)s
    UNION ALL
    SELECT resource, at, names_id, "values"::json
    FROM (
        SELECT DISTINCT ON (resource, names_id, slot) * FROM (
            SELECT resource, at, names_id, "values",
                   date_bin(CASE WHEN at >= %(month)s THEN interval '3 hours'
                                 ELSE interval '1 day' END, at, '2000-01-01+00') AS slot
            FROM observation
            WHERE resource = ANY (%(own)s) AND at >= %(months)s AND at < %(full_since)s
              AND at >= (SELECT until FROM thinned) AND received_at <= %(at)s
            UNION ALL
            SELECT resource, at, names_id, "values", date_bin('3 hours', at, '2000-01-01+00')
            FROM observation
            WHERE resource = ANY (%(theirs)s) AND at >= %(fortnight)s AND at <= %(at)s
              AND at >= (SELECT until FROM thinned) AND received_at <= %(at)s
        ) whole
        ORDER BY resource, names_id, slot, at DESC
    ) not_thinned_yet
)
SELECT told.resource, reading_names.names,
       json_agg(json_build_array(told.at, told."values") ORDER BY told.at)::text
FROM told
JOIN reading_names ON reading_names.id = told.names_id
GROUP BY told.resource, reading_names.id
