-- Several tickets at once: what is needed to count their promises, which of them were missed, and
-- how far they have been judged.
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
       (SELECT jsonb_agg(jsonb_build_array(measure, cause))::text
        FROM violation WHERE violation.ticket_id = ticket.id) AS violations,
       (SELECT jsonb_agg(jsonb_build_array(measure, cause, ended_at IS NOT NULL))::text
        FROM promise_clock WHERE promise_clock.ticket_id = ticket.id) AS judged
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
WHERE ticket.id = ANY (%(tickets)s)
