-- One written word narrows the list to what is called so, or belongs to somebody called so.
-- PLACE is the place of the word among the others.
AND (ticket.name ILIKE %(word_PLACE)s OR ticket.customer_id = ANY (%(owners_PLACE)s::bigint[]))
