-- On which days it rained where: half a millimetre an hour wets a joint.
WITH named AS (
    SELECT id, array_position(names, 'Weather.Precipitation') - 1 AS rain
    FROM reading_names WHERE names @> ARRAY['Weather.Precipitation']
), thinned AS (
    SELECT coalesce((SELECT mark::timestamptz FROM source_mark WHERE source = 'thinned readings'),
                    '-infinity') AS until
), kept AS (
    SELECT resource, at, names_id, "values"::json FROM observation
    WHERE resource = ANY (%(sites)s) AND at >= %(since)s AND at < %(until)s
      AND at >= (SELECT until FROM thinned)
    UNION ALL
    SELECT resource, at, names_id, "values" FROM reading_thinned
    WHERE resource = ANY (%(sites)s) AND slot >= %(since)s AND slot < %(until)s
      AND slot < (SELECT until FROM thinned)
)
SELECT DISTINCT kept.resource, (kept.at AT TIME ZONE 'UTC')::date AS day
FROM kept
JOIN named ON named.id = kept.names_id
WHERE json_typeof(kept."values" -> named.rain) = 'number'
  AND (kept."values" ->> named.rain)::float8 >= 0.5
