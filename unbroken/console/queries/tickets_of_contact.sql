-- The requests of a sender whom nobody had confirmed: they get their customer with them.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.contact_id = %(contact)s AND ticket.customer_id IS NULL
ORDER BY ticket.id
