-- What those who take part in a ticket wish at each of their mail addresses.
SELECT lower(address.value) AS address, contact.mails, participant.follows
FROM participant
JOIN contact ON contact.id = participant.contact_id
JOIN contact_address address ON address.contact_id = contact.id
WHERE participant.ticket_id = %(ticket)s AND address.kind = 'email' AND NOT address.taken_off
