-- Requests in whatever state, the newest number first.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE (%(after_number)s::bigint IS NULL OR ticket.id < %(after_number)s)
  AND (NARROWED)
ORDER BY ticket.id DESC
LIMIT %(limit)s
