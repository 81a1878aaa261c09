-- What neighbours wrote lately.
SELECT coalesce(service.key, service.id::text), ticket.reported_at, ticket.id,
       coalesce(topic.key, '')
FROM trouble_ticket ticket
JOIN service ON service.id = ticket.service_id
LEFT JOIN topic ON topic.id = ticket.topic_id
WHERE coalesce(service.key, service.id::text) = ANY (%(services)s)
  AND ticket.reported_at > %(since)s AND ticket.reported_at <= %(at)s AND NOT ticket.imported
ORDER BY ticket.reported_at
