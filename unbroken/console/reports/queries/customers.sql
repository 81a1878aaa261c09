-- What these customers are called.
SELECT id, name FROM customer WHERE id = ANY (%(ids)s::bigint[])
