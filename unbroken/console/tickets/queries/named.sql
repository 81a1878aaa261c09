-- What short names stand for: queues and teams (a team's id either way), topics with all that
-- hangs below them, people by their address or what stands before its @.
WITH RECURSIVE asked AS (
    SELECT ask.kind, ask.key FROM unnest(%(kinds)s::text[], %(keys)s::text[]) AS ask (kind, key)
), below AS (
    SELECT asked.key, topic.id FROM topic
    JOIN asked ON asked.kind = 'topic' AND asked.key = topic.key
    UNION
    SELECT below.key, topic.id FROM topic JOIN below ON topic.parent_id = below.id
)
SELECT asked.kind, asked.key, found.id
FROM asked
CROSS JOIN LATERAL (
    SELECT team.id FROM team WHERE asked.kind = 'team' AND team.key = asked.key
    UNION ALL
    SELECT queue.team_id FROM queue WHERE asked.kind = 'queue' AND queue.key = asked.key
    UNION ALL
    SELECT agent.id FROM agent
    WHERE asked.kind IN ('assigned', 'watcher')
      AND lower(asked.key) IN (lower(agent.email), split_part(lower(agent.email), '@', 1))
    UNION ALL
    SELECT below.id FROM below WHERE asked.kind = 'topic' AND below.key = asked.key
) found
