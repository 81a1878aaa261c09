-- Open requests, the earliest promise first; those without a running one stand below the others,
-- never nowhere (one whose promises were not counted yet has no row in next_promise). Takes all
-- that fit from the index of the open ones, then sorts them.
WITH theirs AS MATERIALIZED (
    SELECT ticket.id
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (NARROWED)
)
SELECT theirs.id
FROM theirs
LEFT JOIN next_promise promise ON promise.ticket_id = theirs.id AND promise.due_at IS NOT NULL
WHERE (NOT %(late)s OR promise.due_at < %(due_until)s)
  AND (%(after_number)s::bigint IS NULL
       OR (promise.due_at, theirs.id) > (%(after_due)s::timestamptz, %(after_number)s)
       OR (promise.due_at IS NULL AND %(after_due)s::timestamptz IS NOT NULL)
       OR (promise.due_at IS NULL AND %(after_due)s::timestamptz IS NULL
           AND theirs.id > %(after_number)s))
ORDER BY promise.due_at NULLS LAST, theirs.id
LIMIT %(limit)s
