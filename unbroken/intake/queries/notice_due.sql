-- Letters that may leave now, and what speaks against it: newer news, an acknowledgement that said
-- it already, or that the first word never left (whoever asked to be told of the end, or reported it, is told of it all the same).
-- Only a newer end overtakes an end. Is one of their services still away, and since when are they back?
SELECT letter.id, letter.contact, letter.channel, letter.language, letter.timezone,
       letter.not_before,
       notice.problem, notice.plan, notice.message, notice.step, notice.words_id, notice.made_at,
       EXISTS (
           SELECT 1 FROM notice_letter later
           JOIN notice newer ON newer.id = later.notice_id
           WHERE newer.problem = notice.problem AND newer.plan = notice.plan AND later.contact = letter.contact
             AND newer.id > notice.id AND newer.state <> 'stopped'
             AND (notice.message <> 'over' OR newer.message = 'over')
       ) AS is_overtaken,
       EXISTS (
           SELECT 1 FROM ticket_problem joined
           JOIN trouble_ticket ticket ON ticket.id = joined.ticket_id
           JOIN delivery ON delivery.ticket_id = ticket.id AND delivery.kind = 'receipt'
           WHERE joined.problem = notice.problem AND joined.ended_at IS NULL
             AND ticket.contact_id = letter.contact
       ) AS has_receipt,
       EXISTS (
           SELECT 1 FROM notice_letter first
           JOIN notice word ON word.id = first.notice_id
           WHERE word.problem = notice.problem AND word.message = 'known'
             AND first.contact = letter.contact
             AND (first.state IN ('sent', 'returned', 'called') OR first.why IN ('receipt', 'wish'))
       ) OR (notice.message = 'over' AND EXISTS (
           SELECT 1 FROM end_wish wish
           WHERE wish.problem = notice.problem AND wish.contact = letter.contact
       )) OR (notice.message = 'over' AND EXISTS (
           SELECT 1 FROM ticket_problem reported
           JOIN trouble_ticket ticket ON ticket.id = reported.ticket_id
           WHERE reported.problem = notice.problem AND ticket.contact_id = letter.contact
       )) OR (notice.plan <> 0 AND EXISTS (
           SELECT 1 FROM notice_letter first
           JOIN notice word ON word.id = first.notice_id
           WHERE word.plan = notice.plan AND first.contact = letter.contact
             AND first.state = 'sent'
       )) AS was_told,
       EXISTS (
           SELECT 1 FROM notice_letter earlier
           JOIN notice asking ON asking.id = earlier.notice_id
           WHERE asking.problem = notice.problem AND asking.message = 'over'
             AND earlier.contact = letter.contact AND earlier.state = 'sent'
       ) AS was_asked,
       (SELECT count(*) FROM notice_letter lately
        WHERE lately.contact = letter.contact AND lately.state = 'sent'
          AND lately.sent_at > %(at)s::timestamptz - interval '1 day') AS told_lately,
       COALESCE(mine.is_left, false) AS is_left, mine.back_at
FROM notice_letter letter
JOIN notice ON notice.id = letter.notice_id
LEFT JOIN LATERAL (
    SELECT bool_or(affected.until IS NULL) AS is_left, max(affected.until) AS back_at
    FROM service
    JOIN affected_service affected ON affected.service_id = service.id
         AND affected.problem_id = notice.problem
    WHERE notice.message = 'over' AND service.customer_id = letter.customer
) mine ON true
WHERE letter.state = 'waiting' AND letter.not_before <= %(at)s AND notice.state = 'going'
ORDER BY letter.not_before, letter.id
LIMIT %(limit)s
