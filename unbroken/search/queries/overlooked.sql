-- Tickets that something was said on in this stretch of the log and that the index does not hold:
-- history that was taken in (it sends no letters), or a desk that had no search before.
SELECT DISTINCT message.ticket_id AS id
FROM ground_event event
JOIN message ON message.stream = event.stream AND message.version = event.version
            AND message.ticket_id = split_part(event.stream, ':', 2)::bigint
WHERE event.id > %(after)s AND event.id <= %(upto)s AND event.stream LIKE 'ticket:%%'
  AND message.kind <> 'receipt' AND message.withdrawn_at IS NULL
  AND NOT EXISTS (
      SELECT FROM search_ticket indexed
      WHERE indexed.ticket_id = message.ticket_id AND indexed.upto >= message.version)
