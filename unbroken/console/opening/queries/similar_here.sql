-- Open requests about services at the same place that the reader may see, newest first: they may
-- be the same trouble. Those of the customer who asks now stand elsewhere.
SELECT ticket.id
FROM service here
JOIN service near ON near.place_id = here.place_id
JOIN trouble_ticket ticket ON ticket.service_id = near.id
WHERE here.id = %(service)s
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND ticket.customer_id IS DISTINCT FROM %(customer)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
ORDER BY ticket.id DESC
LIMIT %(limit)s
