-- How many open requests fit these words, counted no further than the limit.
SELECT count(*) AS count
FROM (
    SELECT 1
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (NARROWED)
      AND (NOT %(late)s OR EXISTS (
              SELECT 1 FROM next_promise promise
              WHERE promise.ticket_id = ticket.id AND promise.due_at < %(due_until)s))
    LIMIT %(limit)s
) fitting
