-- Who stands under an agreement: how many services of which product, of how many customers.
-- `key` is the plain form, so services that spell it with blanks or capitals count too.
SELECT coalesce(product.name, '') AS product,
       count(*) AS services,
       count(DISTINCT service.customer_id) AS customers
FROM service
LEFT JOIN product ON product.id = service.product_id
WHERE service.state <> 'ended'
  AND regexp_replace(lower(trim(service.agreement)), '\s+', '-', 'g') = %(key)s
GROUP BY product.name
ORDER BY count(*) DESC, product.name
LIMIT 30;
