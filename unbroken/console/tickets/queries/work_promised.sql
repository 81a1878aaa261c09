-- Open requests with a running promise, the earliest first: the upper part of the list. Reads the
-- promises in their order and looks at each one's request, until a page is full: right for a reader
-- who may see many. The inner OFFSET 0 keeps the planner from joining them all first.
SELECT ticket.id
FROM next_promise promise
CROSS JOIN LATERAL (
    SELECT one.* FROM trouble_ticket one WHERE one.id = promise.ticket_id OFFSET 0
) ticket
WHERE promise.due_at IS NOT NULL
  AND (%(after_due)s::timestamptz IS NULL
       OR (promise.due_at, promise.ticket_id) > (%(after_due)s::timestamptz, %(after_number)s))
  AND (NOT %(late)s OR promise.due_at < %(at)s)
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (NARROWED)
ORDER BY promise.due_at, promise.ticket_id
LIMIT %(limit)s
