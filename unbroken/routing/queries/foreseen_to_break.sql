-- Promises that will be missed as far as can be foreseen: more likely than not it is over later.
-- Whether or not news, say, is owed before that.
SELECT clock.ticket_id, clock.measure || ':' || clock.cause AS cause
FROM routing_foreseen foreseen
JOIN promise_clock clock ON clock.ticket_id = foreseen.ticket_id
WHERE foreseen.ended_at IS NULL AND clock.ended_at IS NULL AND clock.paused_since IS NULL
  AND clock.measure IN ('time_to_restore', 'time_to_resolve', 'request_delivered')
  AND clock.due_at > %(at)s AND foreseen.p50_at > clock.due_at
ORDER BY clock.due_at
LIMIT %(limit)s
