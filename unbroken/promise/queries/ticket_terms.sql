-- What is needed to count the clocks of one ticket: what it is, under which agreement, what
-- the record says of it, and whether the book in hand is still the one in the database. The
-- agreement is that of the service, else of its product, else of the customer. A ticket without a
-- service is under the agreement of its customer's services, if they are all under the same one.
-- Planned once.
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
        WHERE stream = 'ticket:' || %(ticket_id)s::bigint AND kind = ANY (%(kinds)s::text[]) AND NOT imported
       ) AS record
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
WHERE ticket.id = %(ticket_id)s::bigint
