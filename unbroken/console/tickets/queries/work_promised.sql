-- Open requests with a running promise, the earliest first: the upper part of the list.
SELECT ticket.id
FROM next_promise promise
JOIN trouble_ticket ticket ON ticket.id = promise.ticket_id
WHERE promise.due_at IS NOT NULL
  AND (%(after_due)s::timestamptz IS NULL
       OR (promise.due_at, promise.ticket_id) > (%(after_due)s::timestamptz, %(after_number)s))
  AND (NOT %(late)s OR promise.due_at < %(at)s)
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (NARROWED)
ORDER BY promise.due_at, promise.ticket_id
LIMIT %(limit)s
