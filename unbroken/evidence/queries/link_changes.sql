-- Lines whose state was told to be another than before: lost, or in sync again.
WITH told AS (
    SELECT observation.resource, observation.at, observation.received_at,
           observation.values ->> (array_position(reading_names.names, %(name)s) - 1) AS status
    FROM observation
    JOIN reading_names ON reading_names.id = observation.names_id
    WHERE observation.at BETWEEN %(since)s AND %(until)s
      AND observation.received_at <= %(until)s
      AND %(name)s = ANY (reading_names.names)
), beside AS (
    SELECT *, lag(status) OVER (PARTITION BY resource ORDER BY at) AS before FROM told
)
SELECT resource, at, received_at, status
FROM beside
WHERE status IS NOT NULL AND (status = 'Up') IS DISTINCT FROM (before = 'Up')
  AND NOT (status = 'Up' AND before IS NULL)
