-- One person, if the reader may see a request that they asked or take part in; `is_elsewhere` when
-- only the right to see every queue shows them.
WITH theirs AS (
    SELECT ticket.id FROM trouble_ticket ticket WHERE ticket.contact_id = %(contact)s
    UNION
    SELECT participant.ticket_id FROM participant WHERE participant.contact_id = %(contact)s
), found AS (
    SELECT contact.id, NOT EXISTS (
        SELECT 1 FROM theirs JOIN trouble_ticket ticket ON ticket.id = theirs.id
        WHERE ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
              OR ticket.assignee_id = %(me)s) AS is_elsewhere
    FROM contact
    WHERE contact.id = %(contact)s
)
SELECT found.id, found.is_elsewhere
FROM found
WHERE %(sees_all)s OR NOT found.is_elsewhere
