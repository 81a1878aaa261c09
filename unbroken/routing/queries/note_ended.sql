-- What was foreseen of requests that are over now keeps when they ended: so trust is learned.
-- Withdrawn ones teach nothing.
WITH over AS (
    SELECT foreseen.ticket_id, ticket.resolved_at, ticket.status
    FROM routing_foreseen foreseen
    JOIN trouble_ticket ticket ON ticket.id = foreseen.ticket_id
    WHERE foreseen.ended_at IS NULL
      AND ticket.status NOT IN ('acknowledged', 'inProgress', 'pending', 'held')
), gone AS (
    DELETE FROM routing_foreseen WHERE ticket_id IN (
        SELECT ticket_id FROM over WHERE resolved_at IS NULL OR status IN ('cancelled', 'rejected'))
)
UPDATE routing_foreseen foreseen SET ended_at = over.resolved_at
FROM over
WHERE over.ticket_id = foreseen.ticket_id AND over.resolved_at IS NOT NULL
  AND over.status NOT IN ('cancelled', 'rejected')
