-- Contacts with the customer they speak for; language and time zone fall back to the customer's.
-- With all their addresses.
SELECT contact.id, contact.key, contact.name, contact.confirmed, contact.customer_id,
       coalesce(customer.name, '') AS customer_name,
       coalesce(nullif(contact.language, ''), customer.language, '') AS language,
       coalesce(nullif(contact.timezone, ''), nullif(customer.timezone, ''), place.timezone, '')
           AS timezone,
       contact.place_id, contact.manages, contact.approves, contact.sees, contact.sites,
       contact.order_limit, contact.mails, contact.news_by, contact.left_at IS NOT NULL AS has_left,
       contact.merged_into_id AS merged_into,
       coalesce((SELECT json_agg(json_build_array(held.id, held.kind, held.value, held.normal,
                                                  held.state) ORDER BY held.id)
                 FROM contact_address held
                 WHERE held.contact_id = contact.id AND NOT held.taken_off), '[]') AS held
FROM contact
LEFT JOIN customer ON customer.id = contact.customer_id
LEFT JOIN place ON place.id = contact.place_id
-- WHERE
ORDER BY contact.id
