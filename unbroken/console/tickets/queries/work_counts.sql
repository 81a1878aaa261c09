-- How many open requests stand behind each view, counted no further than the limit.
WITH open_ones AS NOT MATERIALIZED (
    SELECT ticket.id, ticket.assignee_id, ticket.status
    FROM trouble_ticket ticket
    WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
           OR ticket.assignee_id = %(me)s)
)
SELECT 'all' AS key, '' AS name,
       (SELECT count(*) FROM (SELECT 1 FROM open_ones LIMIT %(limit)s) counted) AS count
UNION ALL
SELECT 'mine', '', (SELECT count(*) FROM (
    SELECT 1 FROM trouble_ticket ticket
    WHERE ticket.assignee_id = %(me)s
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
    LIMIT %(limit)s) counted)
UNION ALL
SELECT 'unassigned', '', (SELECT count(*) FROM (
    SELECT 1 FROM open_ones WHERE assignee_id IS NULL LIMIT %(limit)s) counted)
UNION ALL
SELECT 'pending', '', (SELECT count(*) FROM (
    SELECT 1 FROM open_ones WHERE status = 'pending' LIMIT %(limit)s) counted)
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
