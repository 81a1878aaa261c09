-- Every key of another system, for whoever gives and withdraws them: who had it made, when it was
-- last used.
SELECT token.id, token.name, token.scopes, token.team_ids, token.created_at, token.revoked_at,
       coalesce(made.by, '') AS made_by, token_use.at AS used_at
FROM api_token token
LEFT JOIN ground_event made ON made.stream = 'token:' || token.id AND made.version = 1
LEFT JOIN token_use ON token_use.token_id = token.id
ORDER BY token.id DESC
