-- The request with which somebody, or their household, reported a problem: a no goes on with it.
SELECT ticket.id, ticket.status
FROM ticket_problem joined
JOIN trouble_ticket ticket ON ticket.id = joined.ticket_id
WHERE joined.problem = %(problem)s AND ticket.merged_into_id IS NULL
  AND (ticket.contact_id = %(contact)s
       OR (ticket.customer_id = %(customer)s AND ticket.service_id = ANY (%(services)s::bigint[])))
ORDER BY ticket.contact_id = %(contact)s DESC, ticket.id DESC
LIMIT 1
