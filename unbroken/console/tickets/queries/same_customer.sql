-- The other requests of this customer that the reader may see, and where each stands: the open
-- ones, and the last ended.
-- Planned once.
(SELECT ticket.id AS number, ticket.name, ticket.status, ticket.waiting_for,
        ticket.customer_wrote_at IS NOT NULL
            AND (ticket.answered_at IS NULL OR ticket.customer_wrote_at > ticket.answered_at)
            AS customer_wrote_last,
        ticket.created_at, assignee.name AS assignee, team.name AS team
 FROM trouble_ticket ticket
 LEFT JOIN agent assignee ON assignee.id = ticket.assignee_id
 LEFT JOIN team ON team.id = ticket.team_id
 WHERE ticket.customer_id = %(customer)s AND ticket.id <> %(number)s
   AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
   AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
        OR ticket.assignee_id = %(me)s)
 ORDER BY ticket.id DESC
 LIMIT %(limit)s)
UNION ALL
(SELECT ticket.id, ticket.name, ticket.status, ticket.waiting_for, false,
        ticket.created_at, assignee.name, team.name
 FROM trouble_ticket ticket
 LEFT JOIN agent assignee ON assignee.id = ticket.assignee_id
 LEFT JOIN team ON team.id = ticket.team_id
 WHERE ticket.customer_id = %(customer)s AND ticket.id <> %(number)s
   AND ticket.status IN ('resolved', 'closed', 'cancelled', 'rejected')
   AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
        OR ticket.assignee_id = %(me)s)
 ORDER BY ticket.id DESC
 LIMIT 3)
