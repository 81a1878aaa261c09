-- Misses that may owe more by now: under a rule that pays by the day, still owed or ended lately.
SELECT DISTINCT violation.id
FROM consequence
JOIN violation ON violation.agreement = consequence.agreement
              AND violation.measure = consequence.measure
JOIN promise_clock clock ON clock.ticket_id = violation.ticket_id
                        AND clock.measure = violation.measure AND clock.cause = violation.cause
WHERE consequence.is_on AND consequence.kind = ANY (%(kinds)s) AND violation.excuse = ''
  AND (clock.ended_at IS NULL OR clock.ended_at > %(since)s)
ORDER BY violation.id
