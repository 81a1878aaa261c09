-- Promises at risk that may begin a path: warned of, not due yet, whether or not another of the same
-- request is due before. Each by its measure and what began it.
SELECT clock.ticket_id, clock.measure || ':' || clock.cause AS cause
FROM promise_clock clock
WHERE clock.ended_at IS NULL AND clock.paused_since IS NULL
  AND clock.warn_at <= %(at)s AND clock.due_at > %(at)s
ORDER BY clock.due_at
LIMIT %(limit)s
