-- What a line and what it hangs on told in a stretch of time, value by value as it was kept.
SELECT observation.resource, observation.at, observation.received_at, reading_names.names,
       observation."values"
FROM observation
JOIN reading_names ON reading_names.id = observation.names_id
WHERE observation.resource = ANY (%(chain)s)
  AND observation.at >= %(since)s AND observation.at < %(until)s
ORDER BY observation.at
LIMIT %(most)s
