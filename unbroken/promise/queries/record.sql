-- What the record says of tickets that were merged into another, as far as a measure listens.
SELECT stream,
       jsonb_agg(jsonb_build_array(id, version, kind, at, by, data) ORDER BY version)::text
           AS record
FROM ground_event
WHERE stream = ANY (%(streams)s) AND kind = ANY (%(kinds)s) AND NOT imported
GROUP BY stream
ORDER BY stream
