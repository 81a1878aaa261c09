-- Batches that hold what arrived at these moments: those that a door took in then, and those of
-- files that reach over them.
SELECT batch.entries
FROM (
    SELECT radius_batch.id, radius_batch.taken_at, radius_batch.entries
    FROM unnest(%(since)s::timestamptz[], %(until)s::timestamptz[]) AS asked (since, until)
    JOIN radius_batch ON radius_batch.taken_at BETWEEN asked.since AND asked.until
    UNION
    SELECT radius_batch.id, radius_batch.taken_at, radius_batch.entries
    FROM unnest(%(at)s::timestamptz[]) AS asked (at)
    JOIN radius_batch ON radius_batch.arrived_until >= asked.at
                     AND radius_batch.arrived_since <= asked.at
) batch
ORDER BY batch.id DESC
LIMIT %(most)s
