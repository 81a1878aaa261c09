-- The token that another system shows, by its number, and when it was last shown.
-- Planned once.
SELECT token.id, token.name, token.hash, token.scopes, token.team_ids, token_use.at AS used_at
FROM api_token token
LEFT JOIN token_use ON token_use.token_id = token.id
WHERE token.id = %(number)s::bigint AND token.revoked_at IS NULL
