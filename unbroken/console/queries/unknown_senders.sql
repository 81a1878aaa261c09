-- Who wrote to us and belongs to no customer yet, the latest first, with their last request that
-- the reader may see. Whoever wrote only to queues of others is not here.
SELECT contact.id, contact.name, contact.language, address.value AS address,
       ticket.id AS number, ticket.name AS subject, ticket.status, ticket.created_at
FROM contact
LEFT JOIN LATERAL (
    SELECT value FROM contact_address
    WHERE contact_address.contact_id = contact.id AND NOT taken_off
    ORDER BY contact_address.id LIMIT 1
) address ON true
JOIN LATERAL (
    SELECT asked.id, asked.name, asked.status, asked.created_at FROM trouble_ticket asked
    WHERE asked.contact_id = contact.id
      AND (%(sees_all)s OR asked.team_id IS NULL OR asked.team_id = ANY (%(teams)s::bigint[])
           OR asked.assignee_id = %(me)s)
    ORDER BY asked.id DESC LIMIT 1
) ticket ON true
WHERE contact.customer_id IS NULL AND NOT contact.confirmed
  AND (%(before)s::bigint IS NULL OR contact.id < %(before)s)
ORDER BY contact.id DESC
LIMIT %(limit)s
