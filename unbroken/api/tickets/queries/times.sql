-- How long requests took until they were resolved, in seconds: the middle one, and the time
-- within which four of five were. What was withdrawn or refused is not counted.
SELECT coalesce(CASE %(by)s WHEN 'priority' THEN ticket.priority
                            WHEN 'topic' THEN topic.key
                            ELSE team.key END, '') AS key,
       count(*) AS tickets,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY took.seconds) AS median,
       percentile_cont(0.8) WITHIN GROUP (ORDER BY took.seconds) AS p80
FROM trouble_ticket ticket
LEFT JOIN topic ON topic.id = ticket.topic_id
LEFT JOIN team ON team.id = ticket.team_id
CROSS JOIN LATERAL (
    SELECT extract(epoch FROM coalesce(ticket.resolved_at, ticket.closed_at) - ticket.created_at)
           ::double precision AS seconds
) took
WHERE ticket.status IN ('resolved', 'closed')
  AND coalesce(ticket.resolved_at, ticket.closed_at) IS NOT NULL
  AND ticket.merged_into_id IS NULL
GROUP BY 1
ORDER BY CASE coalesce(CASE %(by)s WHEN 'priority' THEN min(ticket.priority) END, '')
             WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'moderate' THEN 3 WHEN 'low' THEN 4
             ELSE 5 END, 1
