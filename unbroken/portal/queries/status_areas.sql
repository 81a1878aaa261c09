-- The public areas and what each is part of: small ones are shown as part of larger ones.
SELECT place.id, place.name, COALESCE(place.part_of_id, 0) AS above
FROM place
WHERE place.kind = 'area' AND place.customer_id IS NULL
