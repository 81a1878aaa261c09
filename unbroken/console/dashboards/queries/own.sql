-- What somebody has in hand: how much, how much of it is late, and what falls due until midnight.
SELECT count(*) AS mine,
       count(*) FILTER (WHERE promise.due_at < %(at)s) AS late,
       count(*) FILTER (WHERE promise.due_at < %(midnight)s) AS today
FROM trouble_ticket ticket
LEFT JOIN next_promise promise ON promise.ticket_id = ticket.id
WHERE ticket.assignee_id = %(me)s
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
