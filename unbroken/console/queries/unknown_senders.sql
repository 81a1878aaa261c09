-- Who wrote to us and belongs to no customer yet, the latest first, with their last request.
SELECT contact.id, contact.name, contact.language, address.value AS address,
       ticket.id AS number, ticket.name AS subject, ticket.status, ticket.created_at,
       (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
        OR ticket.assignee_id = %(me)s) AS may_open
FROM contact
LEFT JOIN LATERAL (
    SELECT value FROM contact_address
    WHERE contact_address.contact_id = contact.id AND NOT taken_off
    ORDER BY contact_address.id LIMIT 1
) address ON true
JOIN LATERAL (
    SELECT * FROM trouble_ticket
    WHERE trouble_ticket.contact_id = contact.id
    ORDER BY trouble_ticket.id DESC LIMIT 1
) ticket ON true
WHERE contact.customer_id IS NULL AND NOT contact.confirmed
  AND (%(before)s::bigint IS NULL OR contact.id < %(before)s)
ORDER BY contact.id DESC
LIMIT %(limit)s
