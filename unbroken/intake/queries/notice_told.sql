-- Everybody who was told of this problem, or is about to be: who hears how it goes on.
SELECT DISTINCT ON (letter.contact) letter.customer, letter.contact,
       contact.mails, contact.news_by, customer.kind = 'household' AS sleeps,
       letter.language, letter.timezone, letter.services, '' AS address
FROM notice_letter letter
JOIN notice ON notice.id = letter.notice_id
JOIN contact ON contact.id = letter.contact
JOIN customer ON customer.id = letter.customer
WHERE notice.problem = %(problem)s AND notice.message = 'known'
  AND contact.left_at IS NULL AND contact.merged_into_id IS NULL
ORDER BY letter.contact, letter.id
