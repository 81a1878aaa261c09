-- One list with what became of each line, for the page; beside each line what it is called.
SELECT line.id, line.service_id, line.service, line.resource, line.element, line.place,
       coalesce(nullif(place.name, ''), line.place) AS place_name, line.owner,
       coalesce(nullif(partner.name, ''), line.owner) AS owner_name,
       customer.name AS customer, line.chance, line.signs::text AS signs, line.became,
       line.became_on, line.reports, line.ticket_id
FROM ageing_line line
JOIN ageing_list list ON list.id = line.list_id
JOIN service ON service.id = line.service_id
JOIN customer ON customer.id = service.customer_id
LEFT JOIN place ON place.key = line.place AND line.place <> ''
LEFT JOIN partner ON partner.key = line.owner
WHERE list.monday = %(monday)s
ORDER BY line.chance DESC, line.service_id
