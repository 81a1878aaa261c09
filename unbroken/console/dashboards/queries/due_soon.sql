-- Promises of these teams that are late or fall due soon: how many, and the first of them.
WITH soon AS MATERIALIZED (
    SELECT ticket.id AS number, ticket.topic_id, ticket.status, ticket.waiting_for,
           ticket.team_id, ticket.assignee_id, promise.measure, promise.due_at
    FROM next_promise promise
    JOIN trouble_ticket ticket ON ticket.id = promise.ticket_id
    WHERE promise.due_at < %(until)s
      AND ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
      AND (%(teams)s::bigint[] IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
           OR ticket.team_id IS NULL)
), counted AS (
    SELECT count(*) AS soon, count(*) FILTER (WHERE due_at < %(at)s) AS late,
           count(*) FILTER (WHERE assignee_id IS NULL) AS unassigned
    FROM soon
)
SELECT counted.soon, counted.late, counted.unassigned, first.number, first.topic_id,
       first.status, first.waiting_for, first.measure, first.due_at, clock.warn_at AS risk_at,
       team.name AS team, agent.name AS assignee
FROM counted
LEFT JOIN (SELECT * FROM soon ORDER BY due_at, number LIMIT %(limit)s) first ON true
LEFT JOIN promise_clock clock ON clock.ticket_id = first.number AND clock.measure = first.measure
LEFT JOIN team ON team.id = first.team_id
LEFT JOIN agent ON agent.id = first.assignee_id
ORDER BY first.due_at, first.number
