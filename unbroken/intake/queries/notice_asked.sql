-- Whoever asked to be told when this problem is over, and was not told so yet.
SELECT contact.customer_id AS customer, contact.id AS contact, 'asked' AS mails, contact.news_by,
       customer.kind = 'household' AS sleeps,
       COALESCE(NULLIF(contact.language, ''), customer.language) AS language,
       COALESCE(NULLIF(contact.timezone, ''), customer.timezone) AS timezone,
       ARRAY[wish.service] AS services, '' AS address
FROM end_wish wish
JOIN contact ON contact.id = wish.contact
     AND contact.left_at IS NULL AND contact.merged_into_id IS NULL
JOIN customer ON customer.id = contact.customer_id
WHERE wish.problem = %(problem)s
  AND NOT EXISTS (
      SELECT 1 FROM notice_letter letter
      JOIN notice ON notice.id = letter.notice_id
      WHERE notice.problem = wish.problem AND notice.message = 'over'
        AND letter.contact = wish.contact AND letter.state = 'sent'
  )
ORDER BY wish.id
