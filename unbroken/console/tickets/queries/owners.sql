-- Customers whose name has each of these written words in it.
SELECT word.place::int AS place, array_agg(customer.id) AS ids
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS word (pattern, place)
JOIN customer ON customer.name ILIKE word.pattern
GROUP BY word.place
