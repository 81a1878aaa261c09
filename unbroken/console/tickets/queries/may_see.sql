-- One ticket, if the reader may see it: a team of theirs, no team yet, or given to them.
-- Planned once.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
