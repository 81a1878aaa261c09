-- Places of ours that stand on the map, and how many services are there; the largest first.
SELECT place.id, place.name, place.latitude, place.longitude, count(service.id)::int AS services
FROM place
LEFT JOIN place part ON part.id = place.id OR (part.part_of_id = place.id AND part.latitude IS NULL)
LEFT JOIN service ON service.place_id = part.id AND service.state <> 'ended'
WHERE place.latitude IS NOT NULL AND place.longitude IS NOT NULL AND place.customer_id IS NULL
GROUP BY place.id
ORDER BY services DESC, place.id
LIMIT 300
