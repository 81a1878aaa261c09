-- Lines whose customers reported faults by themselves, each with how many and the latest request: what
-- belongs to a problem that many shared is that problem's, and what we made of a list is no report.
SELECT ticket.service_id, count(*)::int AS faults, max(ticket.id) AS latest
FROM trouble_ticket ticket
WHERE ticket.service_id IS NOT NULL AND ticket.ticket_type = 'incident'
  AND ticket.reported_at >= %(since)s AND ticket.reported_at < %(until)s
  AND ticket.status NOT IN ('cancelled', 'rejected')
  AND NOT EXISTS (SELECT 1 FROM ageing_line WHERE ageing_line.ticket_id = ticket.id)
  AND NOT EXISTS (SELECT 1 FROM ticket_problem link
                  WHERE link.ticket_id = ticket.id AND link.ended_at IS NULL)
GROUP BY ticket.service_id
