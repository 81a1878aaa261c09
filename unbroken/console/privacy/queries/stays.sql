-- What stays of a person after erasing them: that they asked, and when; what we answered.
WITH theirs AS (
    SELECT ticket.id FROM trouble_ticket ticket WHERE ticket.contact_id = ANY (%(contacts)s::bigint[])
), said AS (
    SELECT message.author, message.direction
    FROM message
    WHERE message.ticket_id IN (
        SELECT id FROM theirs
        UNION
        SELECT participant.ticket_id FROM participant WHERE participant.contact_id = ANY (%(contacts)s::bigint[]))
)
SELECT (SELECT count(*) FROM theirs) AS tickets,
       count(*) FILTER (WHERE said.author = ANY (%(whose)s::text[])) AS messages,
       count(*) FILTER (WHERE said.author LIKE 'agent:%%' AND said.direction = 'out') AS answers
FROM said
