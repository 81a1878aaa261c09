-- What has ended, the newest number first.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.status IN ('resolved', 'closed', 'cancelled', 'rejected')
  AND (%(after_number)s::bigint IS NULL OR ticket.id < %(after_number)s)
  AND (NARROWED)
ORDER BY ticket.id DESC
LIMIT %(limit)s
