-- Which problems struck how many services of which technology in which public area, from when to
-- when: what the status page shows as trouble and subtracts from what worked. Who is not back at the
-- end of a problem has something of their own from then on.
WITH RECURSIVE up AS (
    SELECT place.id AS place_id, place.id AS at_id, place.part_of_id,
           place.kind = 'area' AND place.customer_id IS NULL AS is_public, 0 AS depth
    FROM place
    UNION ALL
    SELECT up.place_id, above.id, above.part_of_id,
           above.kind = 'area' AND above.customer_id IS NULL, up.depth + 1
    FROM up
    JOIN place above ON above.id = up.part_of_id
    WHERE NOT up.is_public AND up.depth < 8
)
SELECT affected.problem_id AS problem,
       lower(COALESCE(NULLIF(service.technology, ''), product.technology, '')) AS technology,
       COALESCE(up.at_id, 0) AS area, affected.since,
       COALESCE(affected.until, problem.until) AS until, count(*) AS services
FROM affected_service affected
JOIN service_problem problem ON problem.id = affected.problem_id
JOIN service ON service.id = affected.service_id
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN resource ON resource.id = service.resource_id
LEFT JOIN up ON up.place_id = COALESCE(service.place_id, resource.place_id) AND up.is_public
WHERE problem.state <> 'cancelled'
  AND COALESCE(affected.until, problem.until, %(since)s) >= %(since)s
GROUP BY affected.problem_id, 2, 3, affected.since, 5
