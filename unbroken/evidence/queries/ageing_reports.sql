-- Faults that customers reported of these lines by themselves: no request we made of a list, none
-- that belongs to a problem which many shared.
SELECT ticket.service_id, (ticket.reported_at AT TIME ZONE 'UTC')::date AS day
FROM trouble_ticket ticket
WHERE ticket.service_id = ANY (%(services)s) AND ticket.ticket_type = 'incident'
  AND ticket.reported_at >= %(since)s AND ticket.reported_at < %(until)s
  AND ticket.status NOT IN ('cancelled', 'rejected')
  AND NOT EXISTS (SELECT 1 FROM ageing_line WHERE ageing_line.ticket_id = ticket.id)
  AND NOT EXISTS (SELECT 1 FROM ticket_problem WHERE ticket_problem.ticket_id = ticket.id)
