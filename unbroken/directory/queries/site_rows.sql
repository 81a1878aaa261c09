-- The sites and departments of a company and of its departments, each under what it is part of.
WITH RECURSIVE house AS (
    SELECT customer.id FROM customer WHERE customer.id = %(customer_id)s
    UNION
    SELECT below.id FROM customer below JOIN house ON below.parent_id = house.id
), mine AS (
    SELECT place.id, place.name, place.kind, place.part_of_id, place.customer_id
    FROM place
    WHERE place.customer_id IN (SELECT id FROM house) AND place.kind <> 'area'
), tree AS (
    SELECT mine.*, 0 AS depth, ARRAY[lower(mine.name), mine.id::text] AS path, ARRAY[mine.id] AS way
    FROM mine
    WHERE mine.part_of_id IS NULL OR mine.part_of_id NOT IN (SELECT id FROM mine)
    UNION ALL
    SELECT mine.*, tree.depth + 1, tree.path || lower(mine.name) || mine.id::text,
           tree.way || mine.id
    FROM mine JOIN tree ON mine.part_of_id = tree.id
    WHERE mine.id <> ALL (tree.way)
)
SELECT tree.id, tree.name, tree.kind, tree.depth, tree.way
FROM tree
ORDER BY tree.path
