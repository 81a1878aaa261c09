-- One ticket as other systems see it, for a reader who is known to see it.
-- Planned once.
SELECT ticket.id AS number, ticket.external_id, ticket.name, ticket.ticket_type, ticket.status,
       ticket.waiting_for, ticket.pending_until, ticket.impact, ticket.urgency, ticket.priority,
       ticket.channel, topic.key AS category, ticket.tags, ticket.language,
       customer.key AS customer, ticket.customer_id, ticket.contact_id,
       service.key AS service, ticket.service_id, team.key AS team, ticket.assignee_id,
       ticket.created_at, ticket.reported_at, ticket.changed_at, ticket.resolved_at,
       ticket.closed_at, ticket.merged_into_id AS merged_into,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('name', field.key, 'value', held.text)
                                  ORDER BY field.key), '[]'::jsonb)
        FROM field_value held JOIN custom_field field ON field.id = held.field_id
        WHERE held.ticket_id = ticket.id AND held.value <> '') AS fields
FROM trouble_ticket ticket
LEFT JOIN topic ON topic.id = ticket.topic_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN team ON team.id = ticket.team_id
WHERE ticket.id = %(number)s
