-- What people of some teams have in hand, since when, and whether they did anything with it since.
SELECT ticket.id, ticket.assignee_id AS agent_id, ticket.team_id, given.at AS given_at,
       EXISTS (SELECT FROM ground_event touched
               WHERE touched.stream = given.stream AND touched.version > given.version
                 AND touched.by = 'agent:' || ticket.assignee_id) AS is_touched,
       given.by LIKE 'house%%' AS is_by_house
FROM trouble_ticket ticket
JOIN LATERAL (
    SELECT event.at, event.stream, event.version, event.by FROM ground_event event
    WHERE event.stream = 'ticket:' || ticket.id AND event.kind = 'ticket.assigned'
    ORDER BY event.version DESC LIMIT 1
) given ON true
WHERE ticket.status IN ('acknowledged', 'inProgress') AND ticket.sleep = ''
  AND ticket.assignee_id IS NOT NULL
  AND (ticket.team_id = ANY (%(teams)s::bigint[]) OR ticket.assignee_id = %(agent)s::bigint)
  AND (%(agent)s::bigint IS NULL OR ticket.assignee_id = %(agent)s::bigint)
ORDER BY array_position(ARRAY['critical', 'high', 'moderate', 'low'], ticket.priority), ticket.id
LIMIT %(limit)s
