-- The services of these customers' homes that some work would touch, with all other ways they have
-- at the same place: who loses both, and under which agreement each is told.
WITH touched AS (
    SELECT customer_id, place_id, id FROM service
    WHERE state <> 'ended' AND coalesce(key, id::text) = ANY (%(services)s::text[])
)
SELECT coalesce(service.key, service.id::text) AS service, service.customer_id AS customer,
       service.place_id AS place,
       coalesce(nullif(service.agreement, ''), nullif(product.agreement, ''),
                customer.agreement) AS agreement,
       coalesce((SELECT array_agg(parent.key)
                 FROM resource_parent link JOIN resource parent ON parent.id = link.parent_id
                 WHERE link.resource_id = service.resource_id AND NOT link.cut), '{}') AS parents
FROM service
JOIN customer ON customer.id = service.customer_id
LEFT JOIN product ON product.id = service.product_id
WHERE service.state <> 'ended' AND service.resource_id IS NOT NULL
  AND (service.id IN (SELECT id FROM touched)
       OR (service.customer_id, service.place_id) IN (
            SELECT customer_id, place_id FROM touched WHERE place_id IS NOT NULL))
ORDER BY service.id
