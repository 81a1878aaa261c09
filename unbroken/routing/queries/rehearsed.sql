-- Every open request of a rehearsal: with whom it is, and whether it waits for somebody else.
SELECT id, team_id, assignee_id, status, waiting_for FROM trouble_ticket
WHERE status IN ('acknowledged', 'inProgress', 'pending', 'held')
ORDER BY id
