-- The links of a ticket that still hold, in both directions, to tickets that the reader may see.
-- Planned once.
WITH link AS (
    SELECT there.other_id AS other, there.kind AS relation, true AS is_mine
    FROM ticket_relationship there
    WHERE there.ticket_id = %(number)s AND there.ended_at IS NULL
    UNION ALL
    SELECT here.ticket_id, here.kind, false
    FROM ticket_relationship here
    WHERE here.other_id = %(number)s AND here.ended_at IS NULL
)
SELECT link.other, link.relation, link.is_mine, ticket.name, ticket.status, ticket.team_id
FROM link
JOIN trouble_ticket ticket ON ticket.id = link.other
WHERE %(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
   OR ticket.assignee_id = %(me)s
ORDER BY link.other, link.relation
