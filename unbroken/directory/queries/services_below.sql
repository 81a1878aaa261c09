-- Every service that a thing in the network carries, over however many steps. Running ones only:
-- whoever left has nothing to lose.
WITH RECURSIVE below AS (
    SELECT id FROM resource WHERE key = %(key)s
    UNION
    SELECT lower_one.id
    FROM below
    CROSS JOIN LATERAL (
        SELECT resource_id AS id FROM resource_parent
        WHERE parent_id = below.id AND NOT cut
        OFFSET 0
    ) lower_one
)
SELECT service.id, COALESCE(service.key, '') AS key, service.customer_id, service.place_id,
       service.agreement
FROM below
JOIN service ON service.resource_id = below.id
WHERE service.state <> 'ended'
ORDER BY service.id
