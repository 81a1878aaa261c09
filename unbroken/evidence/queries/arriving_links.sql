-- What polls told about the state of lines since, in order of arrival.
SELECT observation.resource, observation.at, observation.received_at,
       observation.values ->> (array_position(reading_names.names, %(name)s) - 1) AS status
FROM observation
JOIN reading_names ON reading_names.id = observation.names_id
WHERE observation.received_at > %(since)s AND observation.at > %(at_most)s
  AND %(name)s = ANY (reading_names.names)
ORDER BY observation.received_at, observation.resource
