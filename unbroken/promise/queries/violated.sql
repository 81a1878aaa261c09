-- One miss with whose it was, what the service costs, and which steps of which rules are booked.
-- `ended_at` is when the promise was kept or ended after all; empty while it is still owed.
SELECT violation.id, violation.ticket_id, violation.measure, violation.agreement,
       violation.due_at, violation.excuse, violation.evidence,
       CASE WHEN clock.cause = violation.cause THEN clock.ended_at
            WHEN clock.cause > violation.cause THEN clock.started_at
            ELSE ticket.resolved_at END AS ended_at,
       ticket.customer_id, ticket.service_id, service.monthly_price,
       coalesce(service.currency, '') AS currency,
       ARRAY(SELECT credit.rule_id || '/' || credit.step FROM credit
             WHERE credit.violation_id = violation.id) AS booked
FROM violation
JOIN trouble_ticket ticket ON ticket.id = violation.ticket_id
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN promise_clock clock
    ON clock.ticket_id = violation.ticket_id AND clock.measure = violation.measure
WHERE violation.id = %(violation_id)s
