-- What is in one person's hands: how many, and how many of them stand in teams of others (seen by
-- nobody else in that team's counts here), with how many of those wait for the customer. And how many sleep.
-- Planned once.
SELECT count(*) AS mine,
       count(*) FILTER (WHERE ticket.team_id <> ALL (%(teams)s::bigint[])) AS lent,
       count(*) FILTER (WHERE ticket.team_id <> ALL (%(teams)s::bigint[])
                          AND ticket.status = 'pending') AS lent_pending,
       (SELECT count(*) FROM trouble_ticket asleep
        WHERE asleep.sleep <> ''
          AND (%(sees_all)s::boolean OR asleep.team_id IS NULL OR asleep.team_id = ANY (%(teams)s::bigint[])
               OR asleep.assignee_id = %(me)s)) AS asleep
FROM trouble_ticket ticket
WHERE ticket.assignee_id = %(me)s AND ticket.sleep = ''
  AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
