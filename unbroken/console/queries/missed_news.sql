-- Whether anything happened to these streams since a screen last heard of something.
SELECT coalesce(max(event.id), 0) AS id
FROM ground_event event
WHERE event.id > %(since)s
  AND (%(stream)s::text IS NULL OR event.stream = %(stream)s)
  AND event.stream LIKE 'ticket:%%'
