-- One ticket with the names a reader needs: whose it is, in whose hands, about what.
SELECT ticket.id, ticket.version, ticket.name, ticket.ticket_type, ticket.status,
       ticket.waiting_for, ticket.pending_until, ticket.impact, ticket.urgency, ticket.priority,
       ticket.topic_id,
       coalesce(topic.names ->> %(language)s, topic.names ->> 'en', topic.key) AS topic,
       ticket.customer_id, customer.name AS customer, customer.key AS customer_key,
       coalesce(customer.kind, '') AS customer_kind, coalesce(customer.vip, false) AS is_vip,
       ticket.contact_id, contact.name AS contact,
       coalesce(contact.confirmed, false) AS is_confirmed,
       coalesce(nullif(contact.language, ''), customer.language, ticket.language) AS language,
       coalesce(nullif(contact.timezone, ''), nullif(customer.timezone, ''),
                nullif(place.timezone, ''), '') AS timezone,
       ticket.service_id, ticket.team_id, team.name AS team,
       ticket.assignee_id, assignee.name AS assignee,
       ticket.channel, ticket.tags, ticket.external_id, ticket.merged_into_id AS merged_into,
       ticket.created_at, ticket.reported_at, ticket.resolved_at, ticket.closed_at,
       ticket.customer_wrote_at, ticket.answered_at, ticket.imported,
       coalesce(mark.version, 0) AS read_version
FROM trouble_ticket ticket
LEFT JOIN topic ON topic.id = ticket.topic_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact ON contact.id = ticket.contact_id
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN place ON place.id = coalesce(contact.place_id, service.place_id)
LEFT JOIN team ON team.id = ticket.team_id
LEFT JOIN agent assignee ON assignee.id = ticket.assignee_id
LEFT JOIN read_mark mark ON mark.ticket_id = ticket.id AND mark.agent_id = %(me)s
WHERE ticket.id = %(number)s
