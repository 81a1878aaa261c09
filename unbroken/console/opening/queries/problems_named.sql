-- Open problems that took along services at a place which the words name, as people bend names:
-- every word of its name is there, but for its last letters. For whoever writes a call down.
WITH hit AS (
    SELECT DISTINCT affected.problem_id, service.place_id
    FROM service_problem problem
    JOIN affected_service affected ON affected.problem_id = problem.id
    JOIN service ON service.id = affected.service_id
    WHERE problem.closed_at IS NULL AND problem.state IN ('acknowledged', 'inProgress', 'held')
)
SELECT hit.problem_id AS id, min(place.name) AS place
FROM hit
JOIN place ON place.id = hit.place_id
WHERE length(place.name) >= 4
  AND NOT EXISTS (
    SELECT FROM regexp_split_to_table(lower(place.name), '\s+') word
    WHERE position(
        left(word, CASE WHEN length(word) > 6 THEN -2 WHEN length(word) > 4 THEN -1 ELSE 100 END)
        IN lower(%(words)s::text)
    ) = 0
  )
GROUP BY hit.problem_id
ORDER BY hit.problem_id DESC
LIMIT 3
