-- Customers with the one they belong to. Each parameter that is null does not filter.
SELECT customer.id, customer.key, customer.name, customer.kind, customer.language,
       customer.timezone, customer.vip, customer.parent_id,
       coalesce(parent.name, '') AS parent_name, customer.agreement,
       customer.merged_into_id AS merged_into, customer.engineer,
       coalesce(nullif(customer.engineer, 0), parent.engineer, 0) AS cared_for_by
FROM customer
LEFT JOIN customer parent ON parent.id = customer.parent_id
WHERE (%(customer_id)s::bigint IS NULL OR customer.id = %(customer_id)s)
  AND (%(key)s::text IS NULL OR customer.key = %(key)s)
  AND (%(parent_id)s::bigint IS NULL OR customer.parent_id = %(parent_id)s)
  AND (customer.merged_into_id IS NULL OR %(parent_id)s::bigint IS NULL)
ORDER BY customer.name, customer.id
