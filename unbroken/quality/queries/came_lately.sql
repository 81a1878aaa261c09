-- Requests by day and quarter of an hour, for foretelling: of the last days, and no more than can be
-- read quickly; of one team, where one is named. Imported ones came to another desk; those below another one belong to its outage.
WITH lately AS (
    SELECT ticket.id, ticket.reported_at AT TIME ZONE %(zone)s AS local_at
    FROM trouble_ticket ticket
    WHERE (%(team)s::bigint IS NULL OR ticket.team_id = %(team)s::bigint)
      AND NOT ticket.imported AND ticket.merged_into_id IS NULL
      AND NOT EXISTS (SELECT FROM ticket_relationship one
                      WHERE one.ticket_id = ticket.id AND one.kind = 'parent'
                        AND one.ended_at IS NULL)
    ORDER BY ticket.id DESC
    LIMIT %(limit)s
)
SELECT local_at::date AS day,
       floor(extract(epoch FROM local_at::time) / 900)::int AS quarter,
       count(*) AS requests
FROM lately
WHERE local_at::date >= %(since)s AND local_at::date < %(until)s
GROUP BY 1, 2
