-- The newest tickets that fit, as far as they are needed. The index is asked for one span of
-- numbers after the other, newest first, and left as soon as there are enough: a word that
-- half of all tickets hold costs what a rare one does. What the marks say of who may see a
-- ticket is asked again of the ticket itself, which knows best. A day inside a month and a state
-- have no mark: they are asked of the ticket before enough were counted.
WITH found AS MATERIALIZED (
    SELECT inside.id, inside.ticket_id
    FROM unnest(%(spans)s::text[]) AS span (mark)
    CROSS JOIN LATERAL (
        SELECT indexed.id, indexed.ticket_id
        FROM search_ticket indexed
        EXACTLY
        WHERE indexed.marks @> ARRAY[span.mark] AND indexed.ticket_id < %(below)s
          FITS
        ORDER BY indexed.ticket_id DESC
        LIMIT %(limit)s) AS inside
    LIMIT %(limit)s
)
SELECT ticket.id AS number,
       max((RANK) * CASE WHEN ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
                         THEN 2.0 ELSE 1.0 END
           / (1.0 + greatest(%(day)s::date - ticket.changed_at::date, 0) / 365.0))::float8
           AS score,
       (SELECT count(*) FROM found) AS looked_at
FROM found
JOIN search_ticket indexed ON indexed.id = found.id
JOIN trouble_ticket ticket ON ticket.id = found.ticket_id
WHERE (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s)
       OR ticket.assignee_id = %(me)s)
GROUP BY ticket.id
ORDER BY score DESC, number DESC
