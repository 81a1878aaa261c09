-- One person for each household or company that these services belong to and that was not told of
-- this problem yet: whoever manages it, else who was known first; whoever has a telephone only,
-- where nobody has mail or chose to be called. For news to many.
SELECT DISTINCT ON (customer.id) customer.id AS customer, contact.id AS contact,
       contact.mails, contact.news_by, customer.kind = 'household' AS sleeps,
       COALESCE(NULLIF(contact.language, ''), customer.language) AS language,
       COALESCE(NULLIF(contact.timezone, ''), customer.timezone) AS timezone,
       struck.services, COALESCE(address.normal, '') AS address
FROM (
    SELECT customer_id, array_agg(id ORDER BY id) AS services
    FROM service WHERE id = ANY (%(services)s::bigint[]) AND state <> 'ended'
    GROUP BY customer_id
) struck
JOIN customer ON customer.id = struck.customer_id
JOIN contact ON contact.customer_id = customer.id AND contact.confirmed
     AND contact.left_at IS NULL AND contact.merged_into_id IS NULL
LEFT JOIN contact_address address ON address.contact_id = contact.id AND address.kind = 'email'
     AND NOT address.taken_off AND address.state <> 'dead' AND address.normal <> ''
WHERE (address.id IS NOT NULL OR EXISTS (
    SELECT 1 FROM contact_address telephone
    WHERE telephone.contact_id = contact.id AND telephone.kind = 'phone'
      AND NOT telephone.taken_off AND telephone.state <> 'dead' AND telephone.normal <> ''
)) AND NOT EXISTS (
    SELECT 1 FROM notice_letter letter
    JOIN notice ON notice.id = letter.notice_id
    WHERE notice.problem = %(problem)s AND letter.customer = customer.id
)
ORDER BY customer.id, address.id IS NULL AND contact.news_by <> 'phone', contact.manages DESC,
         contact.id, address.id
