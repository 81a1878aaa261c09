-- What waits for this agent, the latest first; then what they have seen lately. Only requests
-- that they still may see.
SELECT ticket.id AS number, ticket.name, coalesce(customer.name, contact.name) AS customer,
       ticket.status, ring.kinds, ring.at, ring.seen_at
FROM ring
JOIN trouble_ticket ticket ON ticket.id = ring.ticket_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact ON contact.id = ticket.contact_id
WHERE ring.agent_id = %(me)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
ORDER BY ring.seen_at IS NOT NULL, ring.at DESC
LIMIT %(limit)s
