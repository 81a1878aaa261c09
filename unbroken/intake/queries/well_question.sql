-- Letters that asked whether it is well again, of one letter or of some people who have not
-- answered: for the page behind the link, and for the first page of the portal.
SELECT letter.id, letter.contact, letter.customer, letter.services, letter.language,
       letter.timezone, letter.sent_at, notice.problem, COALESCE(answer.says, '') AS says,
       answer.ticket
FROM notice_letter letter
JOIN notice ON notice.id = letter.notice_id AND notice.message = 'over'
LEFT JOIN well_answer answer
       ON answer.problem = notice.problem AND answer.contact = letter.contact
WHERE letter.state = 'sent'
  AND (letter.id = %(letter)s
       OR (letter.contact = ANY (%(contacts)s::bigint[]) AND letter.sent_at > %(since)s
           AND answer.id IS NULL
           AND NOT EXISTS (
               SELECT 1 FROM service_problem problem
               WHERE problem.id = notice.problem AND problem.until IS NULL
           )
           AND NOT EXISTS (
               SELECT 1 FROM ticket_problem joined
               JOIN trouble_ticket ticket ON ticket.id = joined.ticket_id
               WHERE joined.problem = notice.problem AND ticket.contact_id = letter.contact
                 AND ticket.status <> 'resolved'
           )))
ORDER BY letter.id DESC
