-- Passkeys by the credential they name, or all of one person.
SELECT sign_in_key.id, agent_id, credential, public_key, counter
FROM sign_in_key
JOIN agent ON agent.id = agent_id AND agent.active
WHERE kind = 'passkey'
  AND (%(credential)s::bytea IS NULL OR credential = %(credential)s)
  AND (%(agent_id)s::bigint IS NULL OR agent_id = %(agent_id)s)
ORDER BY sign_in_key.id
