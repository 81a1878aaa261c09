-- One customer, if the reader may see a request of theirs; `is_elsewhere` when only the right to see
-- every queue shows them.
WITH found AS (
    SELECT customer.id, NOT EXISTS (
        SELECT 1 FROM trouble_ticket ticket
        WHERE ticket.customer_id = customer.id
          AND (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
               OR ticket.assignee_id = %(me)s)) AS is_elsewhere
    FROM customer
    WHERE customer.id = %(customer)s
)
SELECT found.id, found.is_elsewhere
FROM found
WHERE %(sees_all)s OR NOT found.is_elsewhere
