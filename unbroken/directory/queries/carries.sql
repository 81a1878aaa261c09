-- Would a resource, hung below these parents, depend on itself?
WITH RECURSIVE above AS (
    SELECT unnest(%(parents)s::bigint[]) AS id
    UNION
    SELECT higher.id
    FROM above
    CROSS JOIN LATERAL (
        SELECT parent_id AS id FROM resource_parent
        WHERE resource_id = above.id AND NOT cut
        OFFSET 0
    ) higher
)
SELECT EXISTS (SELECT 1 FROM above WHERE id = %(resource_id)s)
