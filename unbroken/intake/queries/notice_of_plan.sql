-- One person for each household or company that planned work touches, and the longest notice that
-- the agreements of their services ask for (hours). Whoever was told of this plan stays the one.
SELECT DISTINCT ON (customer.id) customer.id AS customer, contact.id AS contact,
       contact.mails, contact.news_by, customer.kind = 'household' AS sleeps,
       COALESCE(NULLIF(contact.language, ''), customer.language) AS language,
       COALESCE(NULLIF(contact.timezone, ''), customer.timezone) AS timezone,
       touched.services, address.normal AS address, touched.hours
FROM (
    SELECT service.customer_id, array_agg(service.id ORDER BY service.id) AS services,
           max(COALESCE(period.hours, %(usual)s::integer)) AS hours
    FROM service
    JOIN customer ON customer.id = service.customer_id
    LEFT JOIN product ON product.id = service.product_id
    LEFT JOIN notice_period period ON period.agreement = COALESCE(
        NULLIF(service.agreement, ''), NULLIF(product.agreement, ''), customer.agreement)
    WHERE service.state <> 'ended'
      AND (service.id = ANY (%(services)s::bigint[])
           OR service.id IN (
               SELECT unnest(letter.services) FROM notice_letter letter
               JOIN notice ON notice.id = letter.notice_id
               WHERE notice.plan = %(plan)s))
    GROUP BY service.customer_id
) touched
JOIN customer ON customer.id = touched.customer_id
JOIN contact ON contact.customer_id = customer.id AND contact.confirmed
     AND contact.left_at IS NULL AND contact.merged_into_id IS NULL
JOIN contact_address address ON address.contact_id = contact.id AND address.kind = 'email'
     AND NOT address.taken_off AND address.state <> 'dead' AND address.normal <> ''
ORDER BY customer.id,
         EXISTS (
             SELECT 1 FROM notice_letter letter
             JOIN notice ON notice.id = letter.notice_id
             WHERE notice.plan = %(plan)s AND letter.contact = contact.id
         ) DESC, contact.manages DESC, contact.id, address.id
