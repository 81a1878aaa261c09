-- The lines of the list for these numbers: at most a page of them. Names are looked up one by
-- one: as joins they took the planner longer than everything else took together.
-- Planned once.
SELECT ticket.id AS number, ticket.name, customer.name AS customer,
       (SELECT nullif(contact.name, '') FROM contact WHERE contact.id = ticket.contact_id)
           AS sender,
       coalesce(customer.vip, false) AS is_vip,
       (SELECT coalesce(topic.names ->> %(language)s::text, topic.names ->> 'en', topic.key)
        FROM topic WHERE topic.id = ticket.topic_id) AS topic,
       ticket.channel, ticket.status, ticket.waiting_for,
       ticket.customer_wrote_at IS NOT NULL
           AND (ticket.answered_at IS NULL OR ticket.customer_wrote_at > ticket.answered_at)
           AS customer_wrote_last,
       ticket.priority,
       (SELECT team.name FROM team WHERE team.id = ticket.team_id) AS team,
       (SELECT agent.name FROM agent WHERE agent.id = ticket.assignee_id) AS assignee,
       coalesce(ticket.assignee_id = %(me)s::bigint, false) AS is_mine,
       ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held') AND EXISTS (
           SELECT 1 FROM message
           WHERE message.ticket_id = ticket.id AND message.direction = 'in'
             AND message.version > coalesce(
                 (SELECT mark.version FROM read_mark mark
                  WHERE mark.ticket_id = ticket.id AND mark.agent_id = %(me)s::bigint), 0)) AS is_unread,
       ticket.sleep, ticket.sleeps_until,
       ticket.back_version IS NOT NULL AND ticket.back_version > coalesce(
           (SELECT mark.version FROM read_mark mark
            WHERE mark.ticket_id = ticket.id AND mark.agent_id = %(me)s::bigint), 0) AS is_back,
       (SELECT ARRAY[count(item.done_at), count(*)] FROM checklist_item item
        WHERE item.ticket_id = ticket.id AND item.dropped_at IS NULL) AS progress,
       coalesce((SELECT jsonb_agg(jsonb_build_array(one.id, one.name, one.writes) ORDER BY one.name)
                 FROM (SELECT agent.id, agent.name,
                              greatest(0, ceil(extract(
                                  epoch FROM max(looking.writing_until) - now()))) AS writes
                       FROM looking JOIN agent ON agent.id = looking.agent_id
                       WHERE looking.ticket_id = ticket.id AND looking.until > now()
                       GROUP BY agent.id, agent.name) one), '[]'::jsonb) AS looks,
       promise.due_at, clock.warn_at AS risk_at, nullif(promise.measure, '') AS promise_key,
       CASE
           WHEN promise.due_at IS NULL THEN 'none'
           WHEN promise.due_at < %(at)s::timestamptz THEN 'late'
           WHEN promise.is_warned OR clock.warn_at <= %(at)s::timestamptz THEN 'at-risk'
           ELSE 'running'
       END AS promise_state
FROM trouble_ticket ticket
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN next_promise promise
       ON promise.ticket_id = ticket.id
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
LEFT JOIN promise_clock clock
       ON clock.ticket_id = ticket.id AND clock.measure = promise.measure
WHERE ticket.id = ANY (%(shown)s::bigint[])
