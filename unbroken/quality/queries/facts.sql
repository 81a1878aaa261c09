-- What the figures of these tickets depend on: where they stand, and what happened, in order.
-- `is_awaited`: the promise room has news of it that it has not counted yet.
SELECT ticket.id, ticket.version, coalesce(ticket.team_id, 0) AS team,
       coalesce(ticket.topic_id, 0) AS topic, ticket.channel, ticket.priority, ticket.status,
       ticket.ticket_type, ticket.impact,
       coalesce(ticket.service_id, 0) AS service, ticket.created_at, ticket.resolved_at, ticket.closed_at,
       ticket.imported AS is_imported, ticket.merged_into_id IS NOT NULL AS is_merged,
       (SELECT jsonb_agg(jsonb_build_array(kind, at, by, data -> 'message', imported)
                         ORDER BY version)::text
        FROM ground_event
        WHERE stream = 'ticket:' || ticket.id AND kind = ANY (%(kinds)s)) AS record
FROM trouble_ticket ticket
WHERE ticket.id = ANY (%(tickets)s)
