-- Outages of a span with what each took and caused, for those who learn from them. Told: when the
-- first and the middle one of those who were told first heard. Promises and credits are those of the
-- requests that belonged to it and fell due after it began.
SELECT problem.id, problem.element, COALESCE(resource.kind, '') AS kind, problem.cause,
       problem.is_confirmed, COALESCE(partner.name, '') AS partner, problem.origin,
       problem.severity, problem.since, problem.detected_at, problem.until,
       problem.announced <> '' AS is_announced,
       told.first_at, told.seconds AS told_seconds,
       COALESCE(lost.services, 0) AS services, COALESCE(lost.minutes, 0) AS minutes,
       COALESCE(asked.requests, 0) AS requests, COALESCE(asked.missed, 0) AS missed,
       COALESCE(asked.credits, 0)::float8 AS credits, COALESCE(asked.currency, '') AS currency
FROM service_problem problem
LEFT JOIN resource ON resource.key = problem.element
LEFT JOIN partner ON partner.id = problem.partner_id
LEFT JOIN LATERAL (
    SELECT min(letter.sent_at) AS first_at,
           (percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM letter.sent_at - problem.since)))::float8 AS seconds
    FROM notice
    JOIN notice_letter letter ON letter.notice_id = notice.id
    WHERE notice.problem = problem.id AND notice.message = 'known' AND letter.state = 'sent'
) told ON true
LEFT JOIN LATERAL (
    SELECT count(DISTINCT affected.service_id)::int AS services,
           (sum(GREATEST(0, extract(epoch FROM
                COALESCE(affected.until, problem.until, %(at)s) - affected.since))) / 60)::int
               AS minutes
    FROM affected_service affected
    WHERE affected.problem_id = problem.id
) lost ON true
LEFT JOIN LATERAL (
    SELECT count(DISTINCT link.ticket_id)::int AS requests,
           count(DISTINCT violation.id)::int AS missed,
           sum(owed.amount) AS credits, max(owed.currency) AS currency
    FROM (SELECT DISTINCT ticket_id FROM ticket_problem WHERE ticket_problem.problem = problem.id)
        link
    LEFT JOIN violation ON violation.ticket_id = link.ticket_id
        AND violation.due_at >= problem.since AND violation.excuse = ''
    LEFT JOIN LATERAL (
        SELECT sum(credit.amount) AS amount, max(credit.currency) AS currency
        FROM credit
        WHERE credit.violation_id = violation.id AND credit.state IN ('waits', 'booked')
    ) owed ON true
) asked ON true
WHERE problem.since >= %(since)s AND problem.since < %(until)s AND problem.state <> 'cancelled'
ORDER BY problem.since DESC, problem.id DESC
LIMIT %(limit)s
