-- Whoever reported this problem, by a request that still belonged to it at its end.
SELECT DISTINCT ON (contact.id) contact.customer_id AS customer, contact.id AS contact,
       contact.mails, contact.news_by, customer.kind = 'household' AS sleeps,
       COALESCE(NULLIF(contact.language, ''), customer.language) AS language,
       COALESCE(NULLIF(contact.timezone, ''), customer.timezone) AS timezone,
       array_remove(ARRAY[ticket.service_id], NULL)::bigint[] AS services, '' AS address
FROM ticket_problem reported
JOIN service_problem problem ON problem.id = reported.problem
JOIN trouble_ticket ticket ON ticket.id = reported.ticket_id AND ticket.status <> 'cancelled'
JOIN contact ON contact.id = ticket.contact_id AND contact.confirmed
     AND contact.left_at IS NULL AND contact.merged_into_id IS NULL
JOIN customer ON customer.id = contact.customer_id
WHERE reported.problem = %(problem)s
  AND (reported.ended_at IS NULL OR reported.ended_at >= problem.until)
ORDER BY contact.id, ticket.id
