-- Requests of some teams that nobody has in hand, in the order in which they are given.
SELECT id FROM trouble_ticket
WHERE status IN ('acknowledged', 'inProgress') AND sleep = ''
  AND assignee_id IS NULL AND team_id = ANY (%(teams)s::bigint[])
ORDER BY array_position(ARRAY['critical', 'high', 'moderate', 'low'], priority), id
LIMIT %(limit)s
