-- The requests of a person, as they are handed to them.
SELECT ticket.id AS number, ticket.name AS subject, ticket.ticket_type AS kind, ticket.status,
       ticket.channel, ticket.reported_at, ticket.resolved_at, ticket.closed_at
FROM trouble_ticket ticket
WHERE ticket.contact_id = ANY (%(contacts)s::bigint[])
ORDER BY ticket.id
