-- What lines told, day by day: medians of levels, counters as they stood highest. For the weekly
-- list of lines that will soon fail. Days that are over were thinned out to eight readings each.
WITH named AS (
    SELECT id,
           array_position(names, 'DSL.Line.DownstreamNoiseMargin') - 1 AS margin,
           array_position(names, 'Optical.Interface.OpticalSignalLevel') - 1 AS light,
           array_position(names, 'DSL.Line.Stats.Total.ErroredSecs') - 1 AS errored,
           coalesce(array_position(names, 'DSL.Channel.Stats.Total.LinkRetrain'),
                    array_position(names, 'DSL.Line.Stats.Total.LinkRetrain')) - 1 AS retrains
    FROM reading_names
    WHERE names && ARRAY['DSL.Line.DownstreamNoiseMargin', 'Optical.Interface.OpticalSignalLevel',
                         'DSL.Line.Stats.Total.ErroredSecs',
                         'DSL.Channel.Stats.Total.LinkRetrain', 'DSL.Line.Stats.Total.LinkRetrain']
), thinned AS (
    SELECT coalesce((SELECT mark::timestamptz FROM source_mark WHERE source = 'thinned readings'),
                    '-infinity') AS until
), kept AS (
    SELECT resource, at, names_id, "values"::json FROM observation
    WHERE resource = ANY (%(resources)s) AND at >= %(since)s AND at < %(until)s
      AND at >= (SELECT until FROM thinned)
    UNION ALL
    SELECT resource, at, names_id, "values" FROM reading_thinned
    WHERE resource = ANY (%(resources)s) AND slot >= %(since)s AND slot < %(until)s
      AND slot < (SELECT until FROM thinned)
), told AS (
    SELECT kept.resource, (kept.at AT TIME ZONE 'UTC')::date AS day,
           kept."values" -> named.margin AS margin, kept."values" -> named.light AS light,
           kept."values" -> named.errored AS errored, kept."values" -> named.retrains AS retrains
    FROM kept
    JOIN named ON named.id = kept.names_id
)
SELECT resource, day,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN json_typeof(margin) = 'number'
           THEN margin::text::float8 END) / 10 AS margin,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN json_typeof(light) = 'number'
           THEN light::text::float8 END) / 1000 AS light,
       max(CASE WHEN json_typeof(errored) = 'number' THEN errored::text::float8 END) AS errored_total,
       max(CASE WHEN json_typeof(retrains) = 'number' THEN retrains::text::float8 END) AS retrains_total
FROM told
GROUP BY resource, day
ORDER BY resource, day
