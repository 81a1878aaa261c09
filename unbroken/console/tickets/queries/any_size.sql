-- How many requests in whatever state fit these words, counted no further than the limit.
SELECT count(*) AS count
FROM (
    SELECT 1
    FROM trouble_ticket ticket
    WHERE (NARROWED)
    LIMIT %(limit)s
) fitting
