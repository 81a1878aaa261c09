-- What somebody has in hand: how much, how much of it is late, and what falls due until midnight;
-- and how many open requests they watch.
SELECT (SELECT count(*) FROM watcher JOIN trouble_ticket seen ON seen.id = watcher.ticket_id
        WHERE watcher.agent_id = %(me)s AND watcher.left_at IS NULL
          AND seen.status IN ('acknowledged', 'inProgress', 'pending', 'held')) AS watched,
       count(*) AS mine,
       count(*) FILTER (WHERE promise.due_at < %(at)s) AS late,
       count(*) FILTER (WHERE promise.due_at < %(midnight)s) AS today
FROM trouble_ticket ticket
LEFT JOIN next_promise promise ON promise.ticket_id = ticket.id
WHERE ticket.assignee_id = %(me)s
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
