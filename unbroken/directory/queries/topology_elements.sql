-- Everything in the network with what it stops working without: for whoever looks at it as a whole.
SELECT resource.key, resource.kind, resource.name, resource.model, resource.owner,
       resource.circuit, COALESCE(place.key, '') AS place,
       COALESCE(array_agg(parent.key ORDER BY parent.key) FILTER (WHERE parent.key IS NOT NULL),
                '{}') AS parents
FROM resource
LEFT JOIN place ON place.id = resource.place_id
LEFT JOIN resource_parent link ON link.resource_id = resource.id AND NOT link.cut
LEFT JOIN resource parent ON parent.id = link.parent_id
GROUP BY resource.id, place.key
ORDER BY resource.key
