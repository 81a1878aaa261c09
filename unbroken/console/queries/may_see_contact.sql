-- One person, if the reader may see a request that they asked or take part in.
WITH theirs AS (
    SELECT ticket.id FROM trouble_ticket ticket WHERE ticket.contact_id = %(contact)s
    UNION
    SELECT participant.ticket_id FROM participant WHERE participant.contact_id = %(contact)s
)
SELECT contact.id
FROM contact
WHERE contact.id = %(contact)s
  AND (%(sees_all)s OR EXISTS (
        SELECT 1 FROM theirs JOIN trouble_ticket ticket ON ticket.id = theirs.id
        WHERE ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
              OR ticket.assignee_id = %(me)s))
