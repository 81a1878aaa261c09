-- Tickets as other systems see them, the newest number first, from a place on. Every filter
-- may be absent; a key that nobody knows fits no ticket.
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
WHERE (%(sees_all)s OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR EXISTS (SELECT 1 FROM intake
                  WHERE intake.ticket_id = ticket.id AND intake.outcome = 'opened'
                    AND intake.envelope ->> 'token' = %(token)s))
  AND (%(before)s::bigint IS NULL OR ticket.id < %(before)s::bigint)
  AND (%(numbers)s::bigint[] IS NULL OR ticket.id = ANY (%(numbers)s::bigint[]))
  AND (%(external_ids)s::text[] IS NULL
       OR (ticket.external_id <> '' AND ticket.external_id = ANY (%(external_ids)s::text[])))
  AND (%(names)s::text[] IS NULL OR ticket.name = ANY (%(names)s::text[]))
  AND (%(types)s::text[] IS NULL OR ticket.ticket_type = ANY (%(types)s::text[]))
  AND (%(statuses)s::text[] IS NULL OR ticket.status = ANY (%(statuses)s::text[]))
  AND (%(waiting_for)s::text[] IS NULL OR ticket.waiting_for = ANY (%(waiting_for)s::text[]))
  AND (%(impacts)s::text[] IS NULL OR ticket.impact = ANY (%(impacts)s::text[]))
  AND (%(urgencies)s::text[] IS NULL OR ticket.urgency = ANY (%(urgencies)s::text[]))
  AND (%(priorities)s::text[] IS NULL OR ticket.priority = ANY (%(priorities)s::text[]))
  AND (%(channels)s::text[] IS NULL OR ticket.channel = ANY (%(channels)s::text[]))
  AND (%(languages)s::text[] IS NULL OR ticket.language = ANY (%(languages)s::text[]))
  AND (%(tags)s::text[] IS NULL OR ticket.tags @> %(tags)s::text[])
  AND (%(categories)s::text[] IS NULL OR ticket.topic_id = ANY (
       ARRAY(SELECT id FROM topic WHERE key = ANY (%(categories)s::text[]))))
  AND (%(customers)s::text[] IS NULL OR ticket.customer_id = ANY (
       ARRAY(SELECT id FROM customer WHERE key = ANY (%(customers)s::text[]))))
  AND (%(customer_ids)s::bigint[] IS NULL
       OR ticket.customer_id = ANY (%(customer_ids)s::bigint[]))
  AND (%(contacts)s::bigint[] IS NULL OR ticket.contact_id = ANY (%(contacts)s::bigint[]))
  AND (%(services)s::text[] IS NULL OR ticket.service_id = ANY (
       ARRAY(SELECT id FROM service WHERE key = ANY (%(services)s::text[]))))
  AND (%(service_ids)s::bigint[] IS NULL OR ticket.service_id = ANY (%(service_ids)s::bigint[]))
  AND (%(groups)s::text[] IS NULL OR ticket.team_id = ANY (
       ARRAY(SELECT id FROM team WHERE key = ANY (%(groups)s::text[]))))
  AND (%(assignees)s::bigint[] IS NULL OR ticket.assignee_id = ANY (%(assignees)s::bigint[]))
  AND (%(merged_into)s::bigint[] IS NULL
       OR ticket.merged_into_id = ANY (%(merged_into)s::bigint[]))
  AND (%(pending_until)s::timestamptz IS NULL OR ticket.pending_until = %(pending_until)s)
  AND (%(created_at)s::timestamptz IS NULL OR ticket.created_at = %(created_at)s)
  AND (%(created_from)s::timestamptz IS NULL OR ticket.created_at >= %(created_from)s)
  AND (%(created_to)s::timestamptz IS NULL OR ticket.created_at < %(created_to)s)
  AND (%(reported_at)s::timestamptz IS NULL OR ticket.reported_at = %(reported_at)s)
  AND (%(changed_at)s::timestamptz IS NULL OR ticket.changed_at = %(changed_at)s)
  AND (%(changed_from)s::timestamptz IS NULL OR ticket.changed_at >= %(changed_from)s)
  AND (%(changed_to)s::timestamptz IS NULL OR ticket.changed_at < %(changed_to)s)
  AND (%(resolved_at)s::timestamptz IS NULL OR ticket.resolved_at = %(resolved_at)s)
  AND (%(resolved_from)s::timestamptz IS NULL OR ticket.resolved_at >= %(resolved_from)s)
  AND (%(resolved_to)s::timestamptz IS NULL OR ticket.resolved_at < %(resolved_to)s)
  AND (%(closed_at)s::timestamptz IS NULL OR ticket.closed_at = %(closed_at)s)
  AND (%(closed_from)s::timestamptz IS NULL OR ticket.closed_at >= %(closed_from)s)
  AND (%(closed_to)s::timestamptz IS NULL OR ticket.closed_at < %(closed_to)s)
ORDER BY ticket.id DESC
LIMIT %(limit)s
