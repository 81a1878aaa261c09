-- A request as it stands, locked until the deed on it is done or refused.
SELECT ticket.version, ticket.status, ticket.waiting_for, ticket.pending_until, ticket.team_id,
       ticket.assignee_id, ticket.impact, ticket.urgency, ticket.tags,
       ticket.sleep, ticket.sleeps_until
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
FOR NO KEY UPDATE
