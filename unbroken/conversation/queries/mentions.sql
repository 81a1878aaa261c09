-- Where an agent was called by name, the latest first; seen once they have read the ticket that far.
-- A note that was withdrawn calls nobody.
-- Planned once.
SELECT mention.ticket_id, mention.message_id, mention.at, message.author AS by,
       ticket.name, ticket.team_id, ticket.assignee_id,
       coalesce(mark.version, 0) >= message.version AS is_seen
FROM mention
JOIN message ON message.id = mention.message_id
JOIN trouble_ticket ticket ON ticket.id = mention.ticket_id
LEFT JOIN read_mark mark ON mark.ticket_id = mention.ticket_id AND mark.agent_id = mention.agent_id
WHERE mention.agent_id = %(agent)s::bigint AND message.withdrawn_at IS NULL
  AND (NOT %(unseen_only)s OR coalesce(mark.version, 0) < message.version)
ORDER BY mention.at DESC, mention.id DESC
LIMIT %(limit)s
