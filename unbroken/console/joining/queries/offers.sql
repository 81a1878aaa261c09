-- The latest requests of whoever this one is from (the customer's, else the person's), if the
-- reader may see them: two short walks of an index.
-- Planned once.
SELECT found.id
FROM trouble_ticket ticket
CROSS JOIN LATERAL (
    (SELECT other.id, other.team_id, other.assignee_id FROM trouble_ticket other
     WHERE other.customer_id = ticket.customer_id AND other.id <> ticket.id
       AND other.merged_into_id IS NULL
       AND (%(sees_all)s OR other.team_id IS NULL OR other.team_id = ANY (%(teams)s::bigint[])
            OR other.assignee_id = %(me)s)
     ORDER BY other.id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT other.id, other.team_id, other.assignee_id FROM trouble_ticket other
     WHERE ticket.customer_id IS NULL AND other.contact_id = ticket.contact_id
       AND other.id <> ticket.id AND other.merged_into_id IS NULL
       AND (%(sees_all)s OR other.team_id IS NULL OR other.team_id = ANY (%(teams)s::bigint[])
            OR other.assignee_id = %(me)s)
     ORDER BY other.id DESC LIMIT %(limit)s)
) found
WHERE ticket.id = %(number)s
ORDER BY found.id DESC
