-- The same list for a reader who may see few: takes their open requests first, then sorts.
WITH theirs AS MATERIALIZED (
    SELECT ticket.id
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (NARROWED)
)
SELECT promise.ticket_id AS id
FROM theirs
JOIN next_promise promise ON promise.ticket_id = theirs.id
WHERE promise.due_at IS NOT NULL
  AND (%(after_due)s::timestamptz IS NULL
       OR (promise.due_at, promise.ticket_id) > (%(after_due)s::timestamptz, %(after_number)s))
  AND (NOT %(late)s OR promise.due_at < %(at)s)
ORDER BY promise.due_at, promise.ticket_id
LIMIT %(limit)s
