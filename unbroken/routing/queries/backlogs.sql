-- How many requests lie with each team and wait for nobody else.
SELECT team_id, count(*) AS requests FROM trouble_ticket
WHERE status IN ('acknowledged', 'inProgress') AND sleep = '' AND team_id IS NOT NULL
GROUP BY team_id
