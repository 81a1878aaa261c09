-- How much went through each link in its busiest hour of each day, bit/s, and what it said it could
-- carry. For the links that fill up: once a week, before readings are thinned out. Counters only
-- grow: the last of each hour is compared with that of the hour before; flows are sums already.
WITH named AS (
    SELECT id,
           coalesce(array_position(names, 'Ethernet.Interface.Stats.BytesSent'),
                    array_position(names, 'PPP.Interface.Stats.BytesSent'),
                    array_position(names, 'IP.Interface.Stats.BytesSent'),
                    array_position(names, 'Optical.Interface.Stats.BytesSent')) - 1 AS sent,
           coalesce(array_position(names, 'Ethernet.Interface.Stats.BytesReceived'),
                    array_position(names, 'PPP.Interface.Stats.BytesReceived'),
                    array_position(names, 'IP.Interface.Stats.BytesReceived'),
                    array_position(names, 'Optical.Interface.Stats.BytesReceived')) - 1 AS received,
           array_position(names, 'Ethernet.Interface.MaxBitRate') - 1 AS mbit,
           array_position(names, 'DSL.Channel.DownstreamCurrRate') - 1 AS kbit,
           array_position(names, 'Traffic.Down.Bytes') - 1 AS down,
           array_position(names, 'Traffic.Up.Bytes') - 1 AS up
    FROM reading_names
    WHERE names && ARRAY[
        'Ethernet.Interface.Stats.BytesSent', 'PPP.Interface.Stats.BytesSent',
        'IP.Interface.Stats.BytesSent', 'Optical.Interface.Stats.BytesSent',
        'Ethernet.Interface.Stats.BytesReceived', 'PPP.Interface.Stats.BytesReceived',
        'IP.Interface.Stats.BytesReceived', 'Optical.Interface.Stats.BytesReceived',
        'Ethernet.Interface.MaxBitRate', 'DSL.Channel.DownstreamCurrRate', 'Traffic.Down.Bytes']
), told AS (
    SELECT resource, at, date_bin('1 hour', at, '2000-01-01+00') AS hour, observation.names_id,
           "values" -> named.sent AS sent, "values" -> named.received AS received,
           "values" -> named.mbit AS mbit, "values" -> named.kbit AS kbit,
           "values" -> named.down AS down, "values" -> named.up AS up
    FROM observation
    JOIN named ON named.id = observation.names_id
    WHERE resource = ANY (%(resources)s)
      AND at >= %(since)s::timestamptz - interval '2 hours' AND at < %(until)s
), counted AS (
    SELECT DISTINCT ON (resource, names_id, hour) resource, names_id, hour, at,
           CASE WHEN jsonb_typeof(sent) = 'number' THEN sent::text::float8 END AS sent,
           CASE WHEN jsonb_typeof(received) = 'number' THEN received::text::float8 END AS received
    FROM told
    WHERE jsonb_typeof(sent) = 'number' OR jsonb_typeof(received) = 'number'
    ORDER BY resource, names_id, hour, at DESC
), grown AS (
    SELECT resource, hour,
           sent - lag(sent) OVER before AS sent, received - lag(received) OVER before AS received,
           extract(epoch FROM at - lag(at) OVER before)::float8 AS seconds
    FROM counted
    WINDOW before AS (PARTITION BY resource, names_id ORDER BY hour)
), by_hour AS (
    SELECT resource, hour,
           greatest(CASE WHEN sent >= 0 THEN sent END, CASE WHEN received >= 0 THEN received END)
               * 8 / seconds AS bits
    FROM grown
    WHERE seconds BETWEEN 1200 AND 7000
    UNION ALL
    SELECT resource, hour,
           greatest(sum(CASE WHEN jsonb_typeof(down) = 'number' THEN down::text::float8 END),
                    sum(CASE WHEN jsonb_typeof(up) = 'number' THEN up::text::float8 END)) * 8 / 3600
    FROM told
    WHERE down IS NOT NULL OR up IS NOT NULL
    GROUP BY resource, hour
), by_day AS (
    SELECT resource, (hour AT TIME ZONE 'UTC')::date AS day, max(bits) AS bits,
           count(DISTINCT hour) AS hours
    FROM by_hour
    WHERE bits IS NOT NULL AND hour >= %(since)s
    GROUP BY resource, day
), size AS (
    SELECT resource,
           max(CASE WHEN jsonb_typeof(mbit) = 'number' THEN mbit::text::float8 END) * 1000 AS port,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN jsonb_typeof(kbit) = 'number'
               THEN kbit::text::float8 END) AS line
    FROM told
    WHERE mbit IS NOT NULL OR kbit IS NOT NULL
    GROUP BY resource
)
SELECT by_day.resource, by_day.day, by_day.bits, size.port AS port_kbit, size.line AS line_kbit
FROM by_day
LEFT JOIN size ON size.resource = by_day.resource
WHERE by_day.hours >= %(hours)s
ORDER BY by_day.resource, by_day.day
