-- One ticket, if the reader may see it, with the names they need: whose it is, in whose hands,
-- about what; how far they have read it, what they began to write, what was merged into it; and
-- the latest event there is, so that an open page knows what it has heard.
-- Planned once.
WITH RECURSIVE merged (id) AS (
    SELECT ticket.id FROM trouble_ticket ticket WHERE ticket.merged_into_id = %(number)s
    UNION
    SELECT ticket.id FROM trouble_ticket ticket JOIN merged ON ticket.merged_into_id = merged.id
)
SELECT ticket.id, ticket.version, ticket.name, ticket.ticket_type, ticket.status,
       ticket.waiting_for, ticket.pending_until, ticket.impact, ticket.urgency, ticket.priority,
       ticket.topic_id,
       coalesce(topic.names ->> %(language)s::text, topic.names ->> 'en', topic.key) AS topic,
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
       ticket.sleep, ticket.sleeps_until, ticket.customer_wrote_at, ticket.answered_at, ticket.imported,
       coalesce(mark.version, 0) AS read_version,
       ARRAY(SELECT merged.id FROM merged WHERE merged.id <> ticket.id ORDER BY merged.id) AS merged,
       ARRAY(SELECT ARRAY[draft.mode, draft.text, (draft.shared_at IS NOT NULL)::text,
                          coalesce(writer.name, ''), draft.copies::text]
             FROM draft LEFT JOIN agent writer ON writer.id = draft.written_by_id
             WHERE draft.agent_id = %(me)s AND draft.ticket_id = ticket.id) AS drafts,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'id', draft.id, 'mode', draft.mode, 'who', writer.name, 'words', draft.text,
                   'at', draft.saved_at) ORDER BY draft.id), '[]'::jsonb)
        FROM draft JOIN agent writer ON writer.id = draft.agent_id
        WHERE draft.ticket_id = ticket.id AND draft.shared_at IS NOT NULL
          AND draft.agent_id <> %(me)s) AS shared,
       EXISTS (SELECT FROM ring WHERE ring.agent_id = %(me)s AND ring.ticket_id = ticket.id
               AND ring.seen_at IS NULL) AS rings,
       coalesce((SELECT jsonb_agg(jsonb_build_array(one.id, one.name, one.writes) ORDER BY one.name)
                 FROM (SELECT agent.id, agent.name,
                              greatest(0, ceil(extract(
                                  epoch FROM max(looking.writing_until) - now()))) AS writes
                       FROM looking JOIN agent ON agent.id = looking.agent_id
                       WHERE looking.ticket_id = ticket.id AND looking.until > now()
                       GROUP BY agent.id, agent.name) one), '[]'::jsonb) AS looks,
       (SELECT link.problem FROM ticket_problem link
        WHERE link.ticket_id = ticket.id AND link.ended_at IS NULL) AS problem,
       ARRAY(SELECT ARRAY[one.id::text, one.kind, one.product, one.state]
             FROM service_order one
             WHERE one.ended_at IS NULL AND one.customer_id = ticket.customer_id
             ORDER BY one.id) AS orders,
       side.ticket_id IS NOT NULL AS is_aside,
       CASE WHEN asker.id IS NOT NULL
             AND (%(sees_all)s OR asker.team_id IS NULL
                  OR asker.team_id = ANY (%(teams)s::bigint[]) OR asker.assignee_id = %(me)s)
            THEN asker.id END AS asked_on,
       (SELECT coalesce(max(event.id), 0) FROM ground_event event) AS since
FROM trouble_ticket ticket
LEFT JOIN topic ON topic.id = ticket.topic_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact ON contact.id = ticket.contact_id
LEFT JOIN service ON service.id = ticket.service_id
LEFT JOIN place ON place.id = coalesce(contact.place_id, service.place_id)
LEFT JOIN team ON team.id = ticket.team_id
LEFT JOIN agent assignee ON assignee.id = ticket.assignee_id
LEFT JOIN side_conversation side ON side.child_id = ticket.id
LEFT JOIN trouble_ticket asker ON asker.id = side.ticket_id
LEFT JOIN read_mark mark ON mark.ticket_id = ticket.id AND mark.agent_id = %(me)s
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
