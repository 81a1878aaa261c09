-- How each room keeps up: its waiting letters and the age of the oldest that could be opened.
SELECT letter.box, count(*) FILTER (WHERE letter.parked_at IS NULL) AS waiting,
       count(*) FILTER (WHERE letter.parked_at IS NOT NULL) AS parked,
       min(event.at) FILTER (
           WHERE letter.parked_at IS NULL
             AND (letter.not_before IS NULL OR letter.not_before <= %(at)s)) AS oldest_at
FROM ground_letter letter
JOIN ground_event event ON event.id = letter.event_id
GROUP BY letter.box
ORDER BY letter.box
