-- Promises that will be missed as far as can be foreseen: more likely than not it is over later.
SELECT promise.ticket_id,
       promise.measure || ':' || clock.cause AS cause
FROM routing_foreseen foreseen
JOIN next_promise promise ON promise.ticket_id = foreseen.ticket_id
JOIN promise_clock clock
    ON clock.ticket_id = promise.ticket_id AND clock.measure = promise.measure
WHERE promise.measure IN ('time_to_restore', 'time_to_resolve', 'request_delivered')
  AND promise.due_at > %(at)s AND foreseen.p50_at > promise.due_at
ORDER BY promise.due_at
LIMIT %(limit)s
