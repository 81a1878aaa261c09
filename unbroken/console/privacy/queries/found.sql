-- People for whoever answers a request about data: by number, address or part of the name.
SELECT contact.id, contact.name, coalesce(customer.name, '') AS customer,
       coalesce((SELECT string_agg(held.value, ', ' ORDER BY held.id) FROM contact_address held
                 WHERE held.contact_id = contact.id AND held.value <> ''), '') AS addresses
FROM contact
LEFT JOIN customer ON customer.id = contact.customer_id
WHERE contact.id = ANY (%(ids)s::bigint[])
   OR (%(pattern)s::text IS NOT NULL AND contact.name ILIKE %(pattern)s)
ORDER BY contact.id = ANY (%(ids)s::bigint[]) DESC, contact.name, contact.id
LIMIT 30
