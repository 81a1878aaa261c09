-- Work that failed three times: in which box, because of which event, with what error.
SELECT letter.id, letter.box, letter.stream, letter.error, letter.parked_at,
       event.kind, event.at, event.id AS event_id,
       (SELECT count(*) FROM ground_letter behind
        WHERE behind.box = letter.box AND behind.stream = letter.stream
          AND behind.event_id > letter.event_id) AS behind
FROM ground_letter letter
JOIN ground_event event ON event.id = letter.event_id
WHERE letter.parked_at IS NOT NULL
ORDER BY letter.parked_at
LIMIT 200
