-- To whom one notice went, when, and what became of it: the record of what was sent to whom.
SELECT letter.id, letter.contact, COALESCE(contact.name, '') AS name,
       COALESCE(customer.name, '') AS customer, letter.language, letter.state, letter.why,
       letter.not_before, letter.sent_at
FROM notice_letter letter
LEFT JOIN contact ON contact.id = letter.contact
LEFT JOIN customer ON customer.id = letter.customer
WHERE letter.notice_id = %(notice)s
ORDER BY letter.id
LIMIT 500
