-- The saved lists an agent finds: their own, those of their teams, everybody's; in their order.
SELECT saved.id, saved.scope, saved.team_id, team.name AS team,
       saved.owner_id, owner.name AS owner, saved.name, saved.words, saved.is_pinned
FROM saved_list saved
JOIN agent owner ON owner.id = saved.owner_id
LEFT JOIN team ON team.id = saved.team_id
WHERE (saved.scope = 'mine' AND saved.owner_id = %(me)s)
   OR (saved.scope = 'team' AND saved.team_id = ANY (%(teams)s::bigint[]))
   OR saved.scope = 'all'
ORDER BY array_position(ARRAY['mine', 'team', 'all'], saved.scope), saved.position, saved.id
