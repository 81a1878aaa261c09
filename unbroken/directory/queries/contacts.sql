-- Contacts with the customer they speak for; language and time zone fall back to the customer's.
-- Each parameter that is null does not filter.
SELECT contact.id, contact.key, contact.name, contact.confirmed, contact.customer_id,
       coalesce(customer.name, '') AS customer_name,
       coalesce(nullif(contact.language, ''), customer.language, '') AS language,
       coalesce(nullif(contact.timezone, ''), nullif(customer.timezone, ''), place.timezone, '')
           AS timezone,
       contact.place_id
FROM contact
LEFT JOIN customer ON customer.id = contact.customer_id
LEFT JOIN place ON place.id = contact.place_id
WHERE (%(ids)s::bigint[] IS NULL OR contact.id = ANY (%(ids)s))
  AND (%(customer_id)s::bigint IS NULL OR contact.customer_id = %(customer_id)s)
ORDER BY contact.id
