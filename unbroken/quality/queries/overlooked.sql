-- Tickets of this stretch of the log that are not counted, or not with what happened there: history
-- that was taken in (it sends no letters), or a desk that kept no figures before.
SELECT DISTINCT split_part(event.stream, ':', 2)::bigint AS id
FROM ground_event event
LEFT JOIN ticket_measure measure ON measure.ticket_id = split_part(event.stream, ':', 2)::bigint
WHERE event.id > %(after)s AND event.id <= %(upto)s AND event.stream LIKE 'ticket:%%'
  AND (event.kind = ANY (%(kinds)s) OR event.imported)
  AND (measure.version IS NULL OR measure.version < event.version)
