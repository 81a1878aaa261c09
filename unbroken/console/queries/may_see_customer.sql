-- One customer, if the reader may see a request of theirs.
SELECT customer.id
FROM customer
WHERE customer.id = %(customer)s
  AND (%(sees_all)s OR EXISTS (
        SELECT 1 FROM trouble_ticket ticket
        WHERE ticket.customer_id = customer.id
          AND (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
               OR ticket.assignee_id = %(me)s)))
