-- Every service that is still bought, and how records may name it.
SELECT service.key, service.access_name AS access, upper(service.circuit) AS circuit,
       COALESCE(host(service.ip), '') AS ip, COALESCE(resource.key, '') AS resource
FROM service
LEFT JOIN resource ON resource.id = service.resource_id
WHERE service.state <> 'ended' AND service.key IS NOT NULL
ORDER BY service.key
