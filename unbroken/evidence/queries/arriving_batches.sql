-- What the accounting door made durable since, in the order in which numbers were drawn.
SELECT id, taken_at, entries
FROM radius_batch
WHERE id > %(after)s AND taken_at > %(since)s
ORDER BY id
LIMIT %(most)s
