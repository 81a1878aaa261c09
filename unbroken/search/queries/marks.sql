-- What narrows a search without reading the ticket: how new it is (three widths), who may see it,
-- whose it is, who wrote, what it is about. Stands inside other statements, where `ticket` is a
-- row of trouble_ticket.
ARRAY['w:' || (ticket.id >> 12), 'x:' || (ticket.id >> 15), 'y:' || (ticket.id >> 18),
      'in:' || to_char(ticket.created_at AT TIME ZONE 'UTC', 'YYYY-MM'),
      'team:' || coalesce(ticket.team_id::text, ''),
      'customer:' || coalesce(ticket.customer_id::text, '')]
|| CASE WHEN ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
        THEN ARRAY['open'] ELSE '{}' END
|| CASE WHEN ticket.assignee_id IS NULL THEN '{}' ELSE ARRAY['given:' || ticket.assignee_id] END
|| CASE WHEN ticket.topic_id IS NULL THEN '{}' ELSE ARRAY['topic:' || ticket.topic_id] END
|| CASE WHEN ticket.contact_id IS NULL THEN '{}' ELSE ARRAY['contact:' || ticket.contact_id] END
|| CASE WHEN EXISTS (SELECT FROM message JOIN attachment ON attachment.message_id = message.id
                     WHERE message.ticket_id = ticket.id) THEN ARRAY['file'] ELSE '{}' END
|| (SELECT coalesce(array_agg(DISTINCT message.author), '{}') FROM message
    WHERE message.ticket_id = ticket.id AND (message.author LIKE 'contact:%%' OR message.author LIKE 'agent:%%')
      AND message.author IS DISTINCT FROM 'contact:' || ticket.contact_id)
