-- Which service hangs on which thing, and under which names its sessions come.
SELECT coalesce(service.key, service.id::text) AS key, resource.key AS resource,
       service.access_name, coalesce(place.key, '') AS place
FROM service
JOIN resource ON resource.id = service.resource_id
LEFT JOIN place ON place.id = service.place_id
WHERE service.state <> 'ended'
