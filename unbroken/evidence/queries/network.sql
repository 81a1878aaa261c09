-- Everything in the network and what each thing stops working without: read seldom, kept in memory.
SELECT resource.key, resource.kind, resource.name, resource.model, resource.owner, resource.circuit,
       coalesce(place.key, '') AS place,
       coalesce(array_agg(parent.key ORDER BY link.id) FILTER (WHERE parent.id IS NOT NULL), '{}')
           AS parents
FROM resource
LEFT JOIN place ON place.id = resource.place_id
LEFT JOIN resource_parent link ON link.resource_id = resource.id AND NOT link.cut
LEFT JOIN resource parent ON parent.id = link.parent_id
GROUP BY resource.id, place.key
