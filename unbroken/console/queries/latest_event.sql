-- The number of the latest event there is.
SELECT coalesce(max(event.id), 0) AS id
FROM ground_event event
