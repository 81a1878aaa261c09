-- Whom the news of a problem did not reach, and the numbers by which they can be called: what they
-- were to hear last, unless they heard something later. Once it is over only its end matters.
SELECT letter.id, letter.contact, letter.customer, COALESCE(contact.name, '') AS name,
       COALESCE(customer.name, '') AS customer_name, letter.language, letter.why, letter.state,
       notice.message,
       ARRAY(SELECT telephone.value FROM contact_address telephone
             WHERE telephone.contact_id = letter.contact AND telephone.kind = 'phone'
               AND NOT telephone.taken_off AND telephone.state <> 'dead'
             ORDER BY telephone.id) AS phones
FROM (
    SELECT DISTINCT ON (letter.contact) letter.*
    FROM notice_letter letter
    JOIN notice ON notice.id = letter.notice_id
    WHERE notice.problem = %(problem)s AND letter.state IN ('sent', 'returned', 'call', 'called')
    ORDER BY letter.contact, letter.id DESC
) letter
JOIN notice ON notice.id = letter.notice_id
JOIN service_problem problem ON problem.id = notice.problem
LEFT JOIN contact ON contact.id = letter.contact
LEFT JOIN customer ON customer.id = letter.customer
WHERE letter.state IN ('returned', 'call') AND (problem.until IS NULL OR notice.message = 'over')
ORDER BY letter.id
LIMIT %(limit)s
