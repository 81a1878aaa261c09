-- How many ended requests fit these words, counted no further than the limit.
SELECT count(*) AS count
FROM (
    SELECT 1
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('resolved', 'closed', 'cancelled', 'rejected')
      AND (NARROWED)
    LIMIT %(limit)s
) fitting
