-- What each service that is still bought was sold as, where its product has a size.
SELECT service.id AS service_id, product.down_kbit
FROM service
JOIN product ON product.id = service.product_id
WHERE product.down_kbit IS NOT NULL AND service.state <> 'ended'
