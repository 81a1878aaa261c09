-- What retention removed, by day and kind, for whoever wants to know where old things went.
-- Each batch is an event of the house; the latest few thousand of them tell enough.
WITH batches AS (
    SELECT at, data ->> 'what' AS what, (data ->> 'count')::bigint AS count,
           (data ->> 'before')::timestamptz AS before
    FROM ground_event
    WHERE stream = 'house' AND kind = 'house.expired'
      AND (%(what)s::text IS NULL OR data ->> 'what' = %(what)s)
    ORDER BY version DESC
    LIMIT 5000
)
SELECT max(at) AS at, what, sum(count)::bigint AS count, max(before) AS before
FROM batches
GROUP BY at::date, what
ORDER BY at::date DESC, what
LIMIT 30
