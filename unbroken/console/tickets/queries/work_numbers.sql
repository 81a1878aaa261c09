-- Requests by number, whatever became of them.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.id = ANY (%(numbers)s::bigint[])
  AND (NARROWED)
ORDER BY ticket.id
LIMIT %(limit)s
