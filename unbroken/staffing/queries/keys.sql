-- What somebody signs in with besides a password, as they may see it: never the secrets.
SELECT id, kind, name, made_at, used_at
FROM sign_in_key
WHERE agent_id = %(agent_id)s
ORDER BY kind, id
