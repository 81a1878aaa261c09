-- Whose services these are.
SELECT DISTINCT customer_id AS id FROM service WHERE id = ANY (%(services)s::bigint[])
