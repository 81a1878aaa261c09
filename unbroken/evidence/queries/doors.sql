-- What came to each door of the network, when last, and how long it was quiet at most, lately; of
-- several processes of one door the one that heard last says how long is usual.
SELECT door, sum(count)::bigint AS came, max(latest_at) AS latest_at,
       (array_agg(pause_seconds ORDER BY latest_at DESC)
        FILTER (WHERE pause_seconds IS NOT NULL))[1] AS pause_seconds
FROM door_count
WHERE what = %(what)s AND latest_at IS NOT NULL
GROUP BY door
ORDER BY door
