-- How many open requests stand in each team's queue, by state and whether somebody has them:
-- the kept counts and the steps since they were last added up, but for those that sleep. `team` 0: in no team yet.
SELECT counted.team, counted.status, counted.is_taken, sum(counted.tickets)::bigint AS tickets
FROM (
    SELECT team, status, is_taken, tickets FROM ticket_count
    UNION ALL
    SELECT team, status, is_taken, step FROM ticket_count_step
    UNION ALL
    SELECT coalesce(team_id, 0), status, assignee_id IS NOT NULL, -1
    FROM trouble_ticket WHERE sleep <> ''
) counted
GROUP BY counted.team, counted.status, counted.is_taken
HAVING sum(counted.tickets) <> 0
