-- Orders with what is due next, for lists and pages. Empty ids and customers stand for all.
SELECT one.id, one.customer_id, customer.name AS customer, one.service_id,
       coalesce(service.key, service.id::text, '') AS service, one.ticket_id, one.kind,
       one.product, one.state, one.ordered_at, one.ended_at,
       count(step.id) FILTER (WHERE step.state <> 'cancelled')::int AS steps,
       count(step.id) FILTER (WHERE step.state = 'completed')::int AS steps_done,
       min(step.promised_at)
           FILTER (WHERE step.state IN ('acknowledged', 'inProgress', 'held')) AS due_at,
       coalesce(max(step.part) FILTER (WHERE step.state = 'held'), '') AS part
FROM service_order one
JOIN customer ON customer.id = one.customer_id
LEFT JOIN service ON service.id = one.service_id
LEFT JOIN order_step step ON step.order_id = one.id
WHERE (%(ids)s::bigint[] = '{}' OR one.id = ANY (%(ids)s::bigint[]))
  AND (%(customers)s::bigint[] = '{}' OR one.customer_id = ANY (%(customers)s::bigint[]))
GROUP BY one.id, customer.id, service.id
ORDER BY one.ended_at IS NOT NULL, one.ended_at DESC NULLS LAST, due_at NULLS LAST, one.id
LIMIT %(limit)s
