-- The next batch of tickets, in the order of their numbers.
SELECT id FROM trouble_ticket WHERE id > %(after)s ORDER BY id LIMIT %(limit)s
