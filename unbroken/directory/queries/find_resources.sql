-- Things in the network by what an operator knows of them.
SELECT resource.id, resource.key, resource.kind, resource.name, resource.owner,
       coalesce(place.name, '') AS place
FROM resource
LEFT JOIN place ON place.id = resource.place_id
WHERE resource.key ILIKE %(pattern)s OR resource.name ILIKE %(pattern)s
   OR resource.kind = %(text)s OR resource.address = %(text)s
   OR upper(resource.circuit) = upper(%(text)s)
ORDER BY resource.key = %(text)s DESC, resource.key
LIMIT %(limit)s
