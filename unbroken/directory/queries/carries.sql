-- Would a resource, hung below these parents, depend on itself?
WITH RECURSIVE above AS (
    SELECT unnest(%(parents)s::bigint[]) AS id
    UNION
    SELECT link.parent_id
    FROM above
    JOIN resource_parent link ON link.resource_id = above.id AND NOT link.cut
)
SELECT EXISTS (SELECT 1 FROM above WHERE id = %(resource_id)s)
