-- The tickets to be counted now, not those whose promises are about to be: they come when they are.
SELECT waiting.ticket_id AS id
FROM uncounted_ticket waiting
WHERE NOT EXISTS (
    SELECT FROM ground_letter letter
    WHERE letter.box = 'promise' AND letter.stream = 'ticket:' || waiting.ticket_id
      AND letter.parked_at IS NULL)
ORDER BY waiting.ticket_id
LIMIT %(limit)s
