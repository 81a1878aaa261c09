-- Planned work that was confirmed, and how many services of which technology in which public area
-- it touches.
WITH RECURSIVE work AS (
    SELECT id, key, since, until, impact, status, arrived_at, changed_at, resources
    FROM planned_window
    WHERE until >= %(since)s AND status IN ('CONFIRMED', 'IN-PROCESS', 'COMPLETED', 'RE-SCHEDULED')
      AND impact <> 'NO-IMPACT'
    ORDER BY since DESC
    LIMIT 100
), below AS (
    SELECT work.id AS work_id, resource.id AS resource_id
    FROM work
    JOIN resource ON resource.key = ANY (work.resources)
    UNION
    SELECT below.work_id, link.resource_id
    FROM below
    JOIN resource_parent link ON link.parent_id = below.resource_id AND NOT link.cut
), up AS (
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
SELECT work.id, work.since, work.until, work.impact, work.status, work.arrived_at, work.changed_at,
       lower(COALESCE(NULLIF(service.technology, ''), product.technology, '')) AS technology,
       COALESCE(up.at_id, 0) AS area, count(*) AS services
FROM work
JOIN below ON below.work_id = work.id
JOIN service ON service.resource_id = below.resource_id AND service.state <> 'ended'
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN resource ON resource.id = service.resource_id
LEFT JOIN up ON up.place_id = COALESCE(service.place_id, resource.place_id) AND up.is_public
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ORDER BY work.since, work.id
