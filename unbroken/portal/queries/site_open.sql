-- How many open requests the reader sees at each of these sites, and how many of them are faults.
SELECT place.id AS site_id, count(*) AS open,
       count(*) FILTER (WHERE ticket.ticket_type = 'incident') AS faults
FROM trouble_ticket ticket
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN contact reporter ON reporter.id = ticket.contact_id
JOIN place ON place.id = coalesce(service.place_id, reporter.place_id)
WHERE ticket.id IN (SELECT id FROM seen)
  AND ticket.merged_into_id IS NULL
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND place.id = ANY (%(sites)s)
GROUP BY place.id
