-- The promises that run for what an agent has in hand, the next due first. No word of a customer:
-- calendars are shared and read on telephones.
-- Planned once.
SELECT clock.ticket_id AS number, clock.measure, clock.due_at
FROM trouble_ticket ticket
JOIN promise_clock clock ON clock.ticket_id = ticket.id
WHERE ticket.assignee_id = %(me)s AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND clock.state = 'running' AND clock.ended_at IS NULL AND clock.due_at IS NOT NULL
ORDER BY clock.due_at, clock.ticket_id, clock.measure
LIMIT %(limit)s::int
