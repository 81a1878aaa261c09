-- Promises at risk that may begin a path: warned of, not due yet. Each by its measure and what began it.
SELECT promise.ticket_id,
       promise.measure || ':' || clock.cause AS cause
FROM next_promise promise
JOIN promise_clock clock
    ON clock.ticket_id = promise.ticket_id AND clock.measure = promise.measure
WHERE promise.is_warned AND promise.due_at > %(at)s
ORDER BY promise.due_at
LIMIT %(limit)s
