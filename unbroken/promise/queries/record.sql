-- What the record says of some tickets, as far as a measure listens to it.
SELECT id, stream, version, kind, at, by, data, imported
FROM ground_event
WHERE stream = ANY (%(streams)s) AND kind = ANY (%(kinds)s) AND NOT imported
ORDER BY stream, version
