-- Services with what carries them and where they are.
SELECT service.id, service.key, service.customer_id, customer.name AS customer_name,
       coalesce(product.name, '') AS product,
       coalesce(nullif(service.technology, ''), product.technology, '') AS technology,
       service.access_name, service.circuit, host(service.ip) AS ip,
       service.resource_id, coalesce(resource.key, '') AS resource_key,
       service.place_id, coalesce(place.name, '') AS place_name,
       coalesce(nullif(place.timezone, ''), customer.timezone) AS timezone,
       service.agreement, service.monthly_price, service.currency,
       service.session_timeout, service.quota_octets, service.quota_day, service.state
FROM service
JOIN customer ON customer.id = service.customer_id
LEFT JOIN product ON product.id = service.product_id
LEFT JOIN resource ON resource.id = service.resource_id
LEFT JOIN place ON place.id = service.place_id
-- WHERE
ORDER BY service.state = 'ended', service.id
