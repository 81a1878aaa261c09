-- What is needed to count the clocks of one ticket, and whether the book in hand is still
-- the one in the database. A ticket without a service is under the agreement of its
-- customer's services, if they are all under the same one.
SELECT ticket.id AS ticket_id, ticket.ticket_type, ticket.priority, ticket.status,
       ticket.service_id,
       coalesce(
           service.agreement,
           (SELECT min(other.agreement) FROM service other
            WHERE other.customer_id = ticket.customer_id AND other.state <> 'ended'
            HAVING count(DISTINCT other.agreement) = 1),
           '') AS asked,
       (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
        FROM agreement)
       || '/' || (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
                  FROM working_calendar)
       || '/' || (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
                  FROM holiday_set) AS stamp
FROM trouble_ticket ticket
LEFT JOIN service ON service.id = ticket.service_id
WHERE ticket.id = %(ticket_id)s
