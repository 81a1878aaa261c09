-- Services that are away now because of open problems, for the maps: the key under which the network
-- knows each, and the place on the map nearest to it (its own, the one that is part of, its line's).
SELECT affected.problem_id AS problem, COALESCE(service.key, service.id::text) AS service,
       COALESCE(here.id, around.id, device.id) AS place
FROM affected_service affected
JOIN service_problem problem ON problem.id = affected.problem_id
JOIN service ON service.id = affected.service_id
LEFT JOIN place own ON own.id = service.place_id
LEFT JOIN place here ON here.id = own.id AND here.latitude IS NOT NULL AND here.customer_id IS NULL
LEFT JOIN place around ON around.id = own.part_of_id AND around.latitude IS NOT NULL
LEFT JOIN resource ON resource.id = service.resource_id
LEFT JOIN place device ON device.id = resource.place_id AND device.latitude IS NOT NULL
WHERE affected.until IS NULL AND problem.closed_at IS NULL
  AND problem.state IN ('acknowledged', 'inProgress', 'held')
