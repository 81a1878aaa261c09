-- What is in one person's hands: how many, and how many of them stand in teams of others (seen by
-- nobody else in that team's counts here), with how many of those wait for the customer.
SELECT count(*) AS mine,
       count(*) FILTER (WHERE ticket.team_id <> ALL (%(teams)s::bigint[])) AS lent,
       count(*) FILTER (WHERE ticket.team_id <> ALL (%(teams)s::bigint[])
                          AND ticket.status = 'pending') AS lent_pending
FROM trouble_ticket ticket
WHERE ticket.assignee_id = %(me)s
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
