-- One list of links that fill up, for its page; beside each link what it is called and whose it is.
SELECT link.id, list.monday, link.link, link.service_id,
       coalesce(service.key, service.id::text, '') AS service, service.customer_id,
       coalesce(customer.name, '') AS customer, coalesce(product.name, '') AS product,
       coalesce(nullif(service.technology, ''), product.technology, '') AS technology,
       coalesce(product.monthly_price, service.monthly_price)::float8 AS monthly_price,
       coalesce(nullif(product.currency, ''), service.currency, '') AS currency,
       coalesce(nullif(resource.name, ''), link.link) AS name,
       coalesce(resource.kind, '') AS kind, coalesce(place.name, '') AS place,
       coalesce(resource.owner, 'us') AS owner,
       coalesce(nullif(partner.name, ''), resource.owner, '') AS owner_name,
       link.services, link.kbit, link.level, link.a_week, link.is_full, link.soonest, link.likely,
       link.latest, link.quarter, link.weeks::text AS weeks_told, link.fan::text AS fan_told,
       link.became, link.became_on, link.ticket_id
FROM filling_link link
JOIN filling_list list ON list.id = link.list_id
LEFT JOIN resource ON resource.key = link.link
LEFT JOIN place ON place.id = resource.place_id
LEFT JOIN partner ON partner.key = resource.owner
LEFT JOIN service ON service.id = link.service_id
LEFT JOIN customer ON customer.id = service.customer_id
LEFT JOIN product ON product.id = service.product_id
WHERE list.monday = coalesce(%(monday)s::date, (SELECT max(monday) FROM filling_list))
  AND (%(service)s::bigint IS NULL OR link.service_id = %(service)s)
  AND (link.service_id IS NULL OR service.id IS NOT NULL)
ORDER BY link.is_full DESC, link.likely NULLS LAST, link.services DESC, link.id
