-- A customer and those below: the departments of a company, the customers of a reseller.
WITH RECURSIVE house AS (
    SELECT customer.id FROM customer WHERE customer.id = %(customer_id)s
    UNION
    SELECT below.id FROM customer below JOIN house ON below.parent_id = house.id
)
SELECT house.id FROM house
