-- Every promise of a ticket as it stood when last counted, the next due first.
-- Planned once.
SELECT clock.measure AS key,
       CASE
           WHEN clock.state = 'met' THEN 'kept'
           WHEN clock.state = 'missed' THEN 'missed'
           WHEN clock.ended_at IS NOT NULL THEN 'ended'
           WHEN clock.state = 'paused' THEN 'paused'
           WHEN clock.due_at < %(at)s::timestamptz THEN 'late'
           WHEN clock.warned OR clock.warn_at <= %(at)s::timestamptz THEN 'at-risk'
           ELSE 'running'
       END AS state,
       clock.due_at, clock.warn_at AS risk_at, clock.ended_at,
       CASE
           WHEN clock.due_at > clock.started_at AND clock.state <> 'paused'
           THEN extract(epoch FROM coalesce(clock.ended_at, %(at)s::timestamptz) - clock.started_at)
                / extract(epoch FROM clock.due_at - clock.started_at)
           WHEN clock.target_seconds > 0 THEN clock.used_seconds / clock.target_seconds
           ELSE 1
       END::float AS gone,
       clock.started_at, clock.pauses::text AS pauses,
       ARRAY(SELECT sum(credit.amount) || ' ' || credit.currency FROM credit
             WHERE credit.ticket_id = clock.ticket_id AND credit.state = 'booked'
             GROUP BY credit.currency ORDER BY credit.currency) AS credited
FROM promise_clock clock
WHERE clock.ticket_id = %(number)s
ORDER BY clock.ended_at IS NOT NULL, clock.due_at NULLS LAST, clock.measure
