-- A batch of tickets in these states, up to a number: what is needed to count their clocks, and the clocks as they are kept,
-- all as of one instant. `is_awaited`: a letter is on its way, or the timer, that will have them counted again.
SELECT ticket.id AS ticket_id, ticket.ticket_type, ticket.priority, ticket.status,
       ticket.service_id, ticket.topic_id,
       coalesce(
           nullif(service.agreement, ''), nullif(product.agreement, ''), shared.agreement,
           nullif(customer.agreement, ''), '') AS asked,
       CASE WHEN service.agreement <> '' THEN 'service' WHEN product.agreement <> '' THEN 'product'
            WHEN shared.agreement <> '' THEN 'services' WHEN customer.agreement <> '' THEN 'customer'
            ELSE '' END AS asked_by,
       promise_stamp() AS stamp,
       (SELECT jsonb_agg(jsonb_build_array(id, version, kind, at, by, data) ORDER BY version)::text
        FROM ground_event
        WHERE stream = 'ticket:' || ticket.id AND kind = ANY (%(kinds)s) AND NOT imported
       ) AS record,
       next.edition, next.measure AS next_measure, next.due_at AS next_due,
       (SELECT jsonb_agg(jsonb_build_array(measure, cause, started_at, ended_at, due_at, warn_at,
                                           paused_since, target_seconds))::text
        FROM promise_clock WHERE promise_clock.ticket_id = ticket.id
       ) AS clocks,
       EXISTS (SELECT FROM ground_letter
               WHERE ground_letter.box = 'promise'
                 AND ground_letter.stream = 'ticket:' || ticket.id)
       OR coalesce(next.next_at <= %(at)s, false) AS is_awaited
FROM trouble_ticket ticket
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN LATERAL (
    SELECT nullif(min(other.agreement), '') AS agreement FROM service other
    WHERE ticket.service_id IS NULL
      AND other.customer_id = ticket.customer_id AND other.state <> 'ended'
    HAVING count(DISTINCT other.agreement) = 1
) shared ON true
LEFT JOIN next_promise next ON next.ticket_id = ticket.id
WHERE ticket.id > %(after)s AND ticket.status = ANY (%(states)s)
  AND (%(upto)s::bigint IS NULL OR ticket.id <= %(upto)s)
ORDER BY ticket.id
LIMIT %(limit)s
