-- A resource and everything it stops working without, nearest first, each once, with the one below
-- it on the shortest way.
WITH RECURSIVE way AS (
    SELECT id, 0 AS depth, NULL::bigint AS below_id FROM resource WHERE key = %(key)s
    UNION
    SELECT above.id, way.depth + 1, way.id
    FROM way
    CROSS JOIN LATERAL (
        SELECT parent_id AS id FROM resource_parent
        WHERE resource_id = way.id AND NOT cut
        OFFSET 0
    ) above
    WHERE way.depth < 64
), shortest AS (
    SELECT DISTINCT ON (id) id, depth, below_id FROM way ORDER BY id, depth, below_id
)
SELECT resource.id, resource.key, resource.kind, resource.name, resource.circuit,
       resource.owner,
       coalesce(partner.name, '') AS partner_name,
       shortest.depth, shortest.below_id
FROM shortest
JOIN resource ON resource.id = shortest.id
LEFT JOIN partner ON partner.key = resource.owner
ORDER BY shortest.depth, resource.id
