-- Tickets that something just happened to: who may hear of it, now and before the last change.
SELECT ticket.id, ticket.team_id, ticket.assignee_id, latest.id AS event_id,
       (latest.data ->> 'team_before')::bigint AS team_before,
       (latest.data ->> 'agent_before')::bigint AS agent_before
FROM trouble_ticket ticket
JOIN LATERAL (
    SELECT event.id, event.data FROM ground_event event
    WHERE event.stream = 'ticket:' || ticket.id
    ORDER BY event.version DESC LIMIT 1
) latest ON true
WHERE ticket.id = ANY (%(tickets)s::bigint[])
