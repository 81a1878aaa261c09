-- What is needed to count the clocks of one ticket: what it is, under which agreement, what
-- the record says of it, and whether the book in hand is still the one in the database. A
-- ticket without a service is under the agreement of its customer's services, if they are
-- all under the same one.
-- Planned once.
SELECT ticket.id AS ticket_id, ticket.ticket_type, ticket.priority, ticket.status,
       ticket.service_id,
       coalesce(
           service.agreement,
           (SELECT min(other.agreement) FROM service other
            WHERE other.customer_id = ticket.customer_id AND other.state <> 'ended'
            HAVING count(DISTINCT other.agreement) = 1),
           '') AS asked,
       promise_stamp() AS stamp,
       (SELECT jsonb_agg(jsonb_build_array(id, version, kind, at, by, data) ORDER BY version)::text
        FROM ground_event
        WHERE stream = 'ticket:' || %(ticket_id)s::bigint AND kind = ANY (%(kinds)s::text[]) AND NOT imported
       ) AS record
FROM trouble_ticket ticket
LEFT JOIN service ON service.id = ticket.service_id
WHERE ticket.id = %(ticket_id)s::bigint
