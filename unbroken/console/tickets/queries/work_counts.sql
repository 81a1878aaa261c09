-- How many open requests stand behind each view, counted no further than the limit. What needs
-- a look at the rows is counted among as many as the limit; beyond that nobody needs the number.
WITH seen AS MATERIALIZED (
    SELECT ticket.assignee_id, ticket.status
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
           OR ticket.assignee_id = %(me)s)
    LIMIT %(limit)s
)
SELECT 'all' AS key, '' AS name, count(*) AS count FROM seen
UNION ALL
SELECT 'unassigned', '', count(*) FROM seen WHERE assignee_id IS NULL
UNION ALL
SELECT 'pending', '', count(*) FROM seen WHERE status = 'pending'
UNION ALL
SELECT 'mine', '', (SELECT count(*) FROM (
    SELECT 1 FROM trouble_ticket ticket
    WHERE ticket.assignee_id = %(me)s
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
    LIMIT %(limit)s) counted)
UNION ALL
(SELECT 'team:' || team.key, team.name, counted.count
 FROM team
 CROSS JOIN LATERAL (SELECT count(*) FROM (
    SELECT 1 FROM trouble_ticket ticket
    WHERE ticket.team_id = team.id
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
    LIMIT %(limit)s) few) counted
 WHERE team.active AND (%(sees_all)s OR team.id = ANY (%(teams)s::bigint[]))
 ORDER BY team.name)
