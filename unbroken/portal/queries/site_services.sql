-- What a company and its departments have from us at these sites, and not ended.
SELECT service.id, service.place_id, service.state, service.access_name,
       coalesce(nullif(product.name, ''), service.technology) AS product
FROM service
LEFT JOIN product ON product.id = service.product_id
WHERE service.place_id = ANY (%(sites)s) AND service.state <> 'ended'
ORDER BY service.place_id, product, service.id
