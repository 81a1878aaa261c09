-- Whether these addresses are of confirmed people of a ticket's customer.
SELECT address.value AS address, contact.name
FROM contact_address address
JOIN contact ON contact.id = address.contact_id
JOIN trouble_ticket ticket ON ticket.customer_id = contact.customer_id
WHERE ticket.id = %(number)s AND contact.confirmed AND address.kind = 'email'
  AND NOT address.taken_off AND lower(address.value) = ANY (%(addresses)s::text[])
ORDER BY address.id
