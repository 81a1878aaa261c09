-- The same for somebody whose ticket is only being opened: by service and its product, else by
-- customer.
-- Planned once.
SELECT coalesce(
           (SELECT coalesce(nullif(service.agreement, ''), nullif(product.agreement, ''))
            FROM service LEFT JOIN product ON product.id = service.product_id
            WHERE service.id = %(service_id)s::bigint),
           (SELECT nullif(min(agreement), '') FROM service
            WHERE %(service_id)s::bigint IS NULL
              AND customer_id = %(customer_id)s::bigint AND state <> 'ended'
            HAVING count(DISTINCT agreement) = 1),
           (SELECT nullif(agreement, '') FROM customer WHERE id = %(customer_id)s::bigint),
           '') AS asked,
       promise_stamp() AS stamp
