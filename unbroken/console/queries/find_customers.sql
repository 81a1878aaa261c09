-- Customers by their number, or by a part of their name, for the one who confirms a sender.
SELECT customer.id, customer.key, customer.name, customer.kind, customer.vip,
       (SELECT string_agg(DISTINCT place.name, ', ')
        FROM service JOIN place ON place.id = service.place_id
        WHERE service.customer_id = customer.id) AS places
FROM customer
WHERE customer.merged_into_id IS NULL
  AND (customer.key = %(text)s OR customer.name ILIKE %(pattern)s)
ORDER BY customer.key = %(text)s DESC NULLS LAST, customer.name, customer.id
LIMIT 12
