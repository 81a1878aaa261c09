-- How many services of which technology are in which public area: the components of the status
-- page. A customer's own site is no public area; its services belong to the first area above it.
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
SELECT lower(COALESCE(NULLIF(service.technology, ''), product.technology, '')) AS technology,
       COALESCE(area.id, 0) AS area, COALESCE(area.name, '') AS name,
       COALESCE(area.part_of_id, 0) AS above, count(*) AS services
FROM service
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN resource ON resource.id = service.resource_id
LEFT JOIN up ON up.place_id = COALESCE(service.place_id, resource.place_id) AND up.is_public
LEFT JOIN place area ON area.id = up.at_id
WHERE service.state <> 'ended'
GROUP BY 1, area.id
