-- How much customers hear of a request, by the week in which it ended: for the page of silence and
-- chatter. Only what left counts; history of another desk does not.
WITH ended AS (
    SELECT ticket.id, date_trunc('week', ticket.resolved_at AT TIME ZONE %(zone)s)::date AS week
    FROM trouble_ticket ticket
    WHERE ticket.resolved_at >= %(since)s AND ticket.resolved_at < %(until)s
      AND NOT ticket.imported AND ticket.merged_into_id IS NULL
      AND ticket.status IN ('resolved', 'closed')
), told AS (
    SELECT ended.week, ended.id,
           count(delivery.id) AS messages,
           count(delivery.id) FILTER (WHERE delivery.kind = 'receipt') AS receipts
    FROM ended
    LEFT JOIN delivery ON delivery.ticket_id = ended.id AND delivery.state = 'sent'
         AND delivery.kind IN ('receipt', 'reply')
    GROUP BY ended.week, ended.id
)
SELECT week, count(*) AS requests, sum(messages)::bigint AS messages,
       sum(receipts)::bigint AS receipts, max(messages) AS most,
       count(*) FILTER (WHERE messages > %(many)s) AS chatty,
       count(*) FILTER (WHERE messages <= receipts) AS silent
FROM told
GROUP BY week
ORDER BY week
