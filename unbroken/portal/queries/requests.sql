-- My requests, the latest first: open ones, or those that are over; of some sites if asked. A page
-- at a time.
SELECT ticket.id AS number, ticket.name, ticket.ticket_type, ticket.status, ticket.waiting_for,
       ticket.pending_until, ticket.created_at, ticket.resolved_at, ticket.closed_at,
       coalesce(customer.name, '') AS customer, coalesce(reporter.name, '') AS reporter,
       coalesce(ticket.contact_id = ANY (%(contacts)s), false) AS is_mine,
       promise.measure, promise.due_at
FROM trouble_ticket ticket
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact reporter ON reporter.id = ticket.contact_id
LEFT JOIN next_promise promise ON promise.ticket_id = ticket.id AND promise.due_at IS NOT NULL
WHERE ticket.id IN (SELECT id FROM seen)
  AND ticket.merged_into_id IS NULL
  AND (ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')) = %(is_open)s
  AND (%(sites)s::bigint[] IS NULL
       OR (SELECT service.place_id FROM service WHERE service.id = ticket.service_id)
          = ANY (%(sites)s)
       OR reporter.place_id = ANY (%(sites)s))
  AND (%(before)s::bigint IS NULL OR ticket.id < %(before)s)
ORDER BY ticket.id DESC
LIMIT %(limit)s
