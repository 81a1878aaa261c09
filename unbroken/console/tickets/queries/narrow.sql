-- What a list is narrowed to: what the reader may see, and the words of its address.
-- A parameter that is null does not narrow. Stands in for NARROWED in the work_*.sql files;
-- all but the last four parts are answered by the index ticket_open_facts.
    (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
     OR ticket.assignee_id = %(me)s)
AND (NOT %(mine)s OR ticket.assignee_id = %(me)s)
AND (NOT %(unassigned)s OR ticket.assignee_id IS NULL)
AND (%(assigned)s::bigint[] IS NULL OR ticket.assignee_id = ANY (%(assigned)s::bigint[]))
AND (%(status)s::text[] IS NULL OR ticket.status = ANY (%(status)s::text[]))
AND (%(type)s::text[] IS NULL OR ticket.ticket_type = ANY (%(type)s::text[]))
AND (%(priority)s::text[] IS NULL OR ticket.priority = ANY (%(priority)s::text[]))
AND (%(channel)s::text[] IS NULL OR ticket.channel = ANY (%(channel)s::text[]))
AND (%(customer)s::bigint[] IS NULL OR ticket.customer_id = ANY (%(customer)s::bigint[]))
AND (%(queue)s::bigint[] IS NULL OR ticket.team_id = ANY (%(queue)s::bigint[]))
AND (%(team)s::bigint[] IS NULL OR ticket.team_id = ANY (%(team)s::bigint[]))
AND (%(topic)s::bigint[] IS NULL OR ticket.topic_id = ANY (%(topic)s::bigint[]))
AND (%(waiting)s::text[] IS NULL
     OR (ticket.status = 'pending' AND 'customer' = ANY (%(waiting)s::text[]))
     OR (ticket.status = 'held'
         AND coalesce(nullif(ticket.waiting_for, ''), 'other') = ANY (%(waiting)s::text[]))
     OR ('us' = ANY (%(waiting)s::text[]) AND ticket.status IN ('acknowledged', 'inProgress')
         AND ticket.customer_wrote_at IS NOT NULL
         AND (ticket.answered_at IS NULL OR ticket.customer_wrote_at > ticket.answered_at)))
AND (%(asleep)s::boolean IS NULL
     OR %(asleep)s = (ticket.id IN (SELECT one.id FROM trouble_ticket one WHERE one.sleep <> '')))
AND (%(tag)s::text[] IS NULL OR ticket.tags @> %(tag)s::text[])
AND (NOT %(unread)s OR EXISTS (
        SELECT 1 FROM message
        WHERE message.ticket_id = ticket.id AND message.direction = 'in'
          AND message.version > coalesce(
              (SELECT mark.version FROM read_mark mark
               WHERE mark.ticket_id = ticket.id AND mark.agent_id = %(me)s), 0)))
