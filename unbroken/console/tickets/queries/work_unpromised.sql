-- Open requests without a running promise, the oldest first: below the others, never nowhere.
-- One whose promises were not counted yet has no row in next_promise and stands here too.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND NOT EXISTS (SELECT 1 FROM next_promise promise
                  WHERE promise.ticket_id = ticket.id AND promise.due_at IS NOT NULL)
  AND (%(after_number)s::bigint IS NULL OR ticket.id > %(after_number)s)
  AND (NARROWED)
ORDER BY ticket.id
LIMIT %(limit)s
