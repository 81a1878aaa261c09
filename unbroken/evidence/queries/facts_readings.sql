-- What devices told: the last eight days in full, the month before every three hours, the months
-- before that once a day. Nothing that arrived after the moment asked about.
SELECT one.resource, one.at, reading_names.names, one."values"
FROM (
    SELECT resource, at, names_id, "values" FROM observation
    WHERE resource = ANY (%(full)s) AND at > %(at)s - interval '8 days' AND at <= %(at)s
      AND received_at <= %(at)s
    UNION ALL
    (SELECT DISTINCT ON (resource, names_id, date_bin('3 hours', at, '2000-01-01+00'))
            resource, at, names_id, "values" FROM observation
     WHERE resource = ANY (%(own)s) AND at > %(at)s - interval '35 days'
       AND at <= %(at)s - interval '8 days' AND received_at <= %(at)s
     ORDER BY resource, names_id, date_bin('3 hours', at, '2000-01-01+00'), at DESC)
    UNION ALL
    (SELECT DISTINCT ON (resource, names_id, date_bin('1 day', at, '2000-01-01+00'))
            resource, at, names_id, "values" FROM observation
     WHERE resource = ANY (%(own)s) AND at > %(at)s - interval '120 days'
       AND at <= %(at)s - interval '35 days' AND received_at <= %(at)s
     ORDER BY resource, names_id, date_bin('1 day', at, '2000-01-01+00'), at DESC)
    UNION ALL
    (SELECT DISTINCT ON (resource, names_id, date_bin('3 hours', at, '2000-01-01+00'))
            resource, at, names_id, "values" FROM observation
     WHERE resource = ANY (%(theirs)s) AND at > %(at)s - interval '14 days' AND at <= %(at)s
       AND received_at <= %(at)s
     ORDER BY resource, names_id, date_bin('3 hours', at, '2000-01-01+00'), at DESC)
) one
JOIN reading_names ON reading_names.id = one.names_id
ORDER BY one.at
