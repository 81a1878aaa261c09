-- One ticket, if the token may see it: all of them, those of its teams, those it opened.
-- Planned once.
SELECT ticket.id
FROM trouble_ticket ticket
WHERE ticket.id = %(number)s
  AND (%(sees_all)s OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR EXISTS (SELECT 1 FROM intake
                  WHERE intake.ticket_id = ticket.id AND intake.outcome = 'opened'
                    AND intake.envelope ->> 'token' = %(token)s))
