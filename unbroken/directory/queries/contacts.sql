-- Contacts with the customer they speak for; language and time zone fall back to the customer's.
-- With all their addresses. Each parameter that is null does not filter. Nobody who has left is
-- found at an address, whatever a later inventory says of it.
SELECT contact.id, contact.key, contact.name, contact.confirmed, contact.customer_id,
       coalesce(customer.name, '') AS customer_name,
       coalesce(nullif(contact.language, ''), customer.language, '') AS language,
       coalesce(nullif(contact.timezone, ''), nullif(customer.timezone, ''), place.timezone, '')
           AS timezone,
       contact.place_id, contact.manages, contact.approves, contact.sees, contact.sites,
       contact.order_limit, contact.mails, contact.left_at IS NOT NULL AS has_left,
       coalesce((SELECT json_agg(json_build_array(held.id, held.kind, held.value, held.normal,
                                                  held.state) ORDER BY held.id)
                 FROM contact_address held
                 WHERE held.contact_id = contact.id AND NOT held.taken_off), '[]') AS held
FROM contact
LEFT JOIN customer ON customer.id = contact.customer_id
LEFT JOIN place ON place.id = contact.place_id
WHERE (%(ids)s::bigint[] IS NULL OR contact.id = ANY (%(ids)s))
  AND (%(customer_id)s::bigint IS NULL OR contact.customer_id = %(customer_id)s)
  -- An array is looked up by the index; IN under OR would read every contact there is.
  AND (%(normal)s::text IS NULL OR contact.left_at IS NULL AND contact.id = ANY (ARRAY(
      SELECT there.contact_id FROM contact_address there
      WHERE there.kind = %(kind)s AND there.normal = %(normal)s AND NOT there.taken_off)))
ORDER BY contact.id
