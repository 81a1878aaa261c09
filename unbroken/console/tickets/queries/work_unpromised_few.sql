-- The same lower part for a reader who may see few: takes their open requests first.
WITH theirs AS MATERIALIZED (
    SELECT ticket.id
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (NARROWED)
)
SELECT theirs.id
FROM theirs
WHERE NOT EXISTS (SELECT 1 FROM next_promise promise
                  WHERE promise.ticket_id = theirs.id AND promise.due_at IS NOT NULL)
  AND (%(after_number)s::bigint IS NULL OR theirs.id > %(after_number)s)
ORDER BY theirs.id
LIMIT %(limit)s
