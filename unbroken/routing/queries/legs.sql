-- The legs of some requests with names and words, for whoever tells or shows what is happening.
-- Planned once.
SELECT chain.ticket_id AS ticket, leg.id, leg.position, leg.kind, leg.state,
       leg.team_id, team.name AS team, team.key AS team_key, leg.agent_id, agent.name AS agent,
       leg.given_by AS giver_id, giver.name AS giver,
       leg.names::text AS names, leg.says::text AS says, leg.facts::text AS facts,
       leg.evidence::text AS evidence, leg.language, leg.done_language,
       leg.due_at, leg.minutes, leg.given_at, leg.begun_at, leg.ended_at,
       leg.done AS done_count, leg."of" AS of_count, leg.unit, leg.after::text[] AS after,
       needed.text AS needed, found.text AS done, asked.text AS asked, answered.text AS answered,
       side.child_id AS child, side.subject, side."to"->0->>0 AS asked_name,
       side."to"->0->>1 AS asked_address
FROM chain
JOIN chain_leg leg ON leg.chain_id = chain.id
LEFT JOIN team ON team.id = leg.team_id
LEFT JOIN agent ON agent.id = leg.agent_id
LEFT JOIN agent giver ON giver.id = leg.given_by
LEFT JOIN ground_said needed ON needed.id = leg.needed_id
LEFT JOIN ground_said found ON found.id = leg.done_id
LEFT JOIN ground_said asked ON asked.id = leg.asked_id
LEFT JOIN ground_said answered ON answered.id = leg.answered_id
LEFT JOIN side_conversation side ON side.id = leg.beside_id AND leg.kind IN ('side', 'child')
WHERE chain.ticket_id = ANY(%(tickets)s::bigint[])
ORDER BY chain.ticket_id, leg.given_at NULLS LAST, leg.position;
