-- Which things in the network others may mean by these names: our key, a circuit, or the service that
-- hangs on it by its id or circuit. A name may stand for several.
WITH named AS (SELECT DISTINCT name, upper(name) AS capitals FROM unnest(%(names)s::text[]) AS name)
SELECT named.name, resource.key
FROM named JOIN resource ON resource.key = named.name
UNION
SELECT named.name, resource.key
FROM named JOIN resource ON resource.circuit <> '' AND upper(resource.circuit) = named.capitals
UNION
SELECT named.name, resource.key
FROM named
JOIN service ON service.state <> 'ended'
    AND (service.key = named.name
         OR service.circuit <> '' AND upper(service.circuit) = named.capitals)
JOIN resource ON resource.id = service.resource_id
ORDER BY name, key
