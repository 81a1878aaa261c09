-- One ticket, if the reader may see it: a team of theirs, no team yet, or given to them.
-- Only who may see every queue sees those elsewhere.
-- Planned once.
SELECT ticket.id,
       NOT (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
            OR coalesce(ticket.assignee_id = %(me)s, false)) AS is_elsewhere
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
