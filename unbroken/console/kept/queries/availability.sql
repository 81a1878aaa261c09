-- Services that did not work in a month: for how long in all (requests about the same outage counted
-- once), and which availability their agreement promises, if any. The worst first.
WITH month AS (
    SELECT tstzrange(%(begins)s, least(%(ends)s, %(at)s)) AS whole
), down AS (
    SELECT span.service_id,
           range_agg(tstzrange(span.since, greatest(span.since, coalesce(span.until, %(at)s)))
                     * month.whole) AS spans,
           array_agg(DISTINCT span.ticket_id) AS tickets
    FROM down_span span, month
    WHERE span.since < %(ends)s AND coalesce(span.until, %(at)s) > %(begins)s
    GROUP BY span.service_id
)
SELECT down.service_id, service.key AS service, coalesce(customer.name, '') AS customer,
       down.tickets,
       (SELECT coalesce(sum(extract(epoch FROM upper(one) - lower(one))), 0)::float8
        FROM unnest(down.spans) one) AS seconds,
       extract(epoch FROM upper(month.whole) - lower(month.whole))::float8 AS whole_seconds,
       (SELECT max(wanted.percent) FROM period_objective wanted
        WHERE wanted.is_on AND wanted.measure = 'availability'
          AND wanted.agreement = coalesce(nullif(service.agreement, ''),
                                          nullif(product.agreement, ''),
                                          nullif(customer.agreement, ''), %(default)s)) AS percent
FROM down
CROSS JOIN month
JOIN service ON service.id = down.service_id
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN customer ON customer.id = service.customer_id
WHERE %(sees_all)s OR EXISTS (
    SELECT FROM trouble_ticket ticket
    WHERE ticket.id = ANY (down.tickets)
      AND (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])))
ORDER BY seconds DESC, down.service_id
LIMIT %(limit)s
