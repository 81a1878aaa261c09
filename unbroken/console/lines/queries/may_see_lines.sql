-- Which of these services belong to a customer of whom the reader may see a request.
SELECT service.id, coalesce(service.key, service.id::text) AS key
FROM service
WHERE coalesce(service.key, service.id::text) = ANY (%(keys)s)
  AND (%(sees_all)s OR EXISTS (
      SELECT 1 FROM trouble_ticket ticket
      WHERE ticket.customer_id = service.customer_id
        AND (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
             OR ticket.assignee_id = %(me)s)))
