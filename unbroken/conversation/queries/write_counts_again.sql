-- Every open ticket, counted from the record itself.
INSERT INTO ticket_count (team, status, is_taken, tickets)
SELECT coalesce(team_id, 0), status, assignee_id IS NOT NULL, count(*)
FROM trouble_ticket
WHERE status IN ('acknowledged', 'inProgress', 'pending', 'held')
GROUP BY 1, 2, 3
