-- What stands beside one ticket, in one question: who follows it, time spent, things to do, and
-- the lists of things to do that its topic brings, what its custom fields hold, side talks.
-- Planned once.
SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', agent.id, 'name', agent.name)
                               ORDER BY watcher.id), '[]'::jsonb)
     FROM watcher JOIN agent ON agent.id = watcher.agent_id
     WHERE watcher.ticket_id = %(number)s::bigint AND watcher.left_at IS NULL) AS watchers,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', spent.id, 'agent_id', spent.agent_id, 'name', agent.name,
                'minutes', spent.minutes, 'at', spent.at, 'words', said.text)
                               ORDER BY spent.at, spent.id), '[]'::jsonb)
     FROM time_spent spent
     JOIN agent ON agent.id = spent.agent_id
     LEFT JOIN ground_said said ON said.id = spent.words_id
     WHERE spent.ticket_id = %(number)s::bigint AND spent.minutes > 0) AS times,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', item.id, 'text', item.text, 'done_at', item.done_at, 'name', agent.name)
                               ORDER BY item.id), '[]'::jsonb)
     FROM checklist_item item
     LEFT JOIN agent ON agent.id = item.done_by_id
     WHERE item.ticket_id = %(number)s::bigint AND item.dropped_at IS NULL) AS items,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', list.id, 'names', list.names)
                               ORDER BY list.id), '[]'::jsonb)
     FROM checklist list
     WHERE list.topic_id = ANY (%(topics)s::bigint[]) AND list.active) AS checklists,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(held.field_id, held.value, held.text)),
                     '[]'::jsonb)
     FROM field_value held
     WHERE held.ticket_id = %(number)s::bigint) AS fields,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', side.id, 'to', side."to", 'subject', side.subject,
                'answered_at', side.answered_at, 'ended_at', side.closed_at,
                'is_team', side.child_id IS NOT NULL, 'child', child.id, 'said', said.said)
                               ORDER BY side.id),
                     '[]'::jsonb)
     FROM side_conversation side
     LEFT JOIN trouble_ticket child
            ON child.id = side.child_id
           AND (%(sees_all)s OR child.team_id IS NULL
                OR child.team_id = ANY (%(teams)s::bigint[]) OR child.assignee_id = %(me)s)
     CROSS JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_object(
                    'id', message.id, 'who', coalesce(agent.name, nullif(message.from_name, ''),
                                                      message.from_address),
                    'address', message.from_address, 'is_ours', message.direction = 'out',
                    'at', message.at, 'words', words.text, 'has_source',
                    message.intake_id IS NOT NULL, 'state', delivery.state)
                          ORDER BY message.at, message.id) AS said
         FROM message
         LEFT JOIN ground_said words ON words.id = message.words_id
         LEFT JOIN agent ON message.author = 'agent:' || agent.id
         LEFT JOIN delivery ON delivery.message_id = message.id
         WHERE message.ticket_id = side.ticket_id AND message.side_id = side.id
           AND message.withdrawn_at IS NULL) said
     WHERE side.ticket_id = %(number)s::bigint) AS sides
