-- Whose work a complaint about these requests is about: who answered, began, held or ended them,
-- and who had them in hand. Whoever only sorted one, or looked, is not among them.
SELECT DISTINCT worked.agent_id FROM (
    SELECT substr(event.by, 7)::bigint AS agent_id
    FROM ground_event event
    WHERE event.stream = ANY (%(streams)s) AND event.by LIKE 'agent:%%'
      AND event.kind IN ('ticket.replied', 'ticket.started', 'ticket.held',
                         'ticket.customer_asked', 'ticket.resolved', 'ticket.closed',
                         'ticket.cancelled', 'ticket.rejected')
    UNION ALL
    SELECT (event.data ->> 'agent')::bigint
    FROM ground_event event
    WHERE event.stream = ANY (%(streams)s) AND event.kind = 'ticket.assigned'
      AND event.data ->> 'agent' IS NOT NULL
) worked
ORDER BY worked.agent_id
