-- Each letterbox, for the doctor: how many letters wait, since when the oldest could have been
-- opened, how many were given up, and which of those first.
WITH box AS (
    SELECT letter.box,
           count(*) FILTER (WHERE letter.parked_at IS NULL) AS waiting,
           count(*) FILTER (WHERE letter.parked_at IS NOT NULL) AS parked,
           extract(epoch FROM now() - min(greatest(letter.not_before, event.at)) FILTER (
               WHERE letter.parked_at IS NULL AND coalesce(letter.not_before <= now(), true)
           ))::float8 AS oldest_seconds
    FROM ground_letter letter
    JOIN ground_event event ON event.id = letter.event_id
    GROUP BY letter.box
)
SELECT box.box, box.waiting, box.parked, box.oldest_seconds,
       first.parked_at, first.stream, first.kind, first.error
FROM box
LEFT JOIN LATERAL (
    SELECT letter.parked_at, letter.stream, letter.error, event.kind
    FROM ground_letter letter
    JOIN ground_event event ON event.id = letter.event_id
    WHERE letter.box = box.box AND letter.parked_at IS NOT NULL
    ORDER BY letter.parked_at, letter.id
    LIMIT 1
) first ON true
ORDER BY box.box
