-- What hangs on a thing in the network directly.
SELECT COALESCE(NULLIF(lower_one.name, ''), lower_one.key) AS key
FROM resource
JOIN resource_parent link ON link.parent_id = resource.id AND NOT link.cut
JOIN resource lower_one ON lower_one.id = link.resource_id
WHERE resource.key = %(key)s
ORDER BY 1
LIMIT 200
