-- Of the times that customers were told first ("done by then", at four in five): how many were
-- kept, by month, topic and team. Judged is what is over, and what is open although its time has
-- passed. The record of what was told is read, never a figure that somebody could set.
SELECT to_char(told.at AT TIME ZONE %(zone)s, 'YYYY-MM') AS month, ticket.topic_id, told.team,
       count(*) AS told, count(*) FILTER (WHERE ticket.resolved_at <= told.by) AS kept,
       count(*) FILTER (WHERE told.times > 1) AS moved
FROM trouble_ticket ticket
JOIN LATERAL (
    SELECT min(event.at) AS at, count(*) AS times,
           (array_agg((event.data ->> 'by')::timestamptz ORDER BY event.version))[1] AS by,
           (array_agg((event.data ->> 'team')::bigint ORDER BY event.version))[1] AS team
    FROM ground_event event
    WHERE event.stream = 'ticket:' || ticket.id AND event.kind = 'ticket.estimate_told'
) told ON told.at IS NOT NULL
WHERE NOT ticket.imported AND ticket.status NOT IN ('cancelled', 'rejected')
  AND ticket.merged_into_id IS NULL AND ticket.created_at >= %(since)s::timestamptz
  AND (ticket.resolved_at IS NOT NULL OR told.by < %(at)s::timestamptz)
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
GROUP BY 1, 2, 3
