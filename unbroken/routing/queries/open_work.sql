-- Every open request, or those of the teams that have some of them, in the order in which they are taken: the earliest running
-- promise first, then what presses most, then the oldest. With what is known of its way: the legs
-- behind it and those planned, for whom it waits and since when, the problem it is joined to.
SELECT ticket.id AS number, ticket.version, ticket.team_id, ticket.assignee_id, ticket.status,
       ticket.waiting_for, ticket.pending_until, ticket.sleep, ticket.sleeps_until,
       ticket.priority, ticket.topic_id, topic.key AS topic, ticket.mailbox, ticket.created_at,
       promise.due_at, problem.problem, known.due_at AS problem_due_at, way.place, way.planned,
       halted.at AS waits_since, ticket.imported
FROM trouble_ticket ticket
LEFT JOIN topic ON topic.id = ticket.topic_id
LEFT JOIN next_promise promise ON promise.ticket_id = ticket.id
LEFT JOIN ticket_problem problem ON problem.ticket_id = ticket.id AND problem.ended_at IS NULL
LEFT JOIN service_problem known ON known.id = problem.problem
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE leg.given_at IS NOT NULL AND leg.ended_at IS NOT NULL) AS place,
           array_agg(leg.team_id || ':' || coalesce(leg.minutes, 0) ORDER BY leg.position)
               FILTER (WHERE leg.state = 'planned' AND leg.team_id IS NOT NULL) AS planned
    FROM chain
    JOIN chain_leg leg ON leg.chain_id = chain.id AND leg.kind = 'work'
    WHERE chain.ticket_id = ticket.id
) way ON true
LEFT JOIN LATERAL (
    SELECT event.at FROM ground_event event
    WHERE ticket.status IN ('pending', 'held') AND event.stream = 'ticket:' || ticket.id
      AND event.kind IN ('ticket.held', 'ticket.customer_asked')
    ORDER BY event.version DESC LIMIT 1
) halted ON true
WHERE ticket.status IN ('acknowledged', 'inProgress', 'pending', 'held')
  AND (%(numbers)s::bigint[] IS NULL
       OR ticket.team_id IN (SELECT team_id FROM trouble_ticket WHERE id = ANY (%(numbers)s)))
ORDER BY promise.due_at NULLS LAST,
         array_position(ARRAY['critical', 'high', 'moderate', 'low'], ticket.priority), ticket.id
