-- The open requests by how long they are here: since which of these days, the oldest first.
SELECT count(*) FILTER (WHERE created_at < %(month)s) AS month,
       count(*) FILTER (WHERE created_at >= %(month)s AND created_at < %(week)s) AS week,
       count(*) FILTER (WHERE created_at >= %(week)s AND created_at < %(days)s) AS days,
       count(*) FILTER (WHERE created_at >= %(days)s) AS fresh
FROM trouble_ticket ticket
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
