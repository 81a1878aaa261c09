-- Agents with their role and the teams they are in now. Who was hired before there
-- were roles has none: the old mark says what they are.
-- Whoever closes the last screen is away after twenty minutes by themselves (an open one is noted
-- every five to fifteen); a call goes on without one.
-- Planned once.
SELECT agent.id, agent.name, agent.email, agent.language, agent.timezone, agent.skills,
       agent.levels, agent.languages, agent.grants, agent.capacity,
       roles.key AS role, own.allows AS own_allows, agent.active, agent.version,
       EXISTS (SELECT FROM sign_in_key WHERE sign_in_key.agent_id = agent.id
               AND sign_in_key.kind IN ('totp', 'passkey')) AS has_second_factor,
       CASE WHEN presence.state IN ('call', 'away', 'off') THEN presence.state
            WHEN seen.last_at < now() - interval '20 minutes' THEN 'away'
            ELSE coalesce(presence.state, CASE WHEN seen.last_at IS NULL THEN 'away' ELSE 'here' END)
       END AS availability,
       coalesce(presence.words, '') AS status_words,
       coalesce(teams.team_ids, '{}') AS team_ids,
       coalesce(teams.lead_of, '{}') AS lead_of
FROM agent
CROSS JOIN LATERAL (
    SELECT CASE WHEN agent.role <> '' THEN agent.role
                WHEN agent.is_admin THEN 'admin' ELSE 'agent' END AS key
) roles
LEFT JOIN role own ON own.key = roles.key AND own.active
LEFT JOIN presence ON presence.agent_id = agent.id
LEFT JOIN LATERAL (
    SELECT max(seen_at) AS last_at FROM browser WHERE browser.agent_id = agent.id
) seen ON true
LEFT JOIN LATERAL (
    SELECT array_agg(team_id ORDER BY team_id) AS team_ids,
           array_agg(team_id ORDER BY team_id) FILTER (WHERE role = 'lead') AS lead_of
    FROM membership
    WHERE membership.agent_id = agent.id AND until_at IS NULL
) teams ON true
-- WHERE
ORDER BY agent.name, agent.id
