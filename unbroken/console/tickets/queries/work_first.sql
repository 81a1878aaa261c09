-- The beginning of a long list: looks at the promises in their order and at each one's request,
-- until a page is full, and no further than so many promises: then work_sorted.sql is cheaper.
-- The inner OFFSET 0 keeps the planner from joining them all first.
SELECT ticket.id
FROM (
    SELECT next.ticket_id, next.due_at FROM next_promise next
    WHERE next.due_at IS NOT NULL
      AND (%(after_due)s::timestamptz IS NULL
           OR (next.due_at, next.ticket_id) > (%(after_due)s::timestamptz, %(after_number)s))
      AND (NOT %(late)s OR next.due_at < %(due_until)s)
    ORDER BY next.due_at, next.ticket_id
    LIMIT %(looked_at)s
) promise
CROSS JOIN LATERAL (
    SELECT one.* FROM trouble_ticket one WHERE one.id = promise.ticket_id OFFSET 0
) ticket
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (NARROWED)
ORDER BY promise.due_at, promise.ticket_id
LIMIT %(limit)s
