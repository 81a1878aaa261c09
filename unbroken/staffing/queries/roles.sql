-- Roles of the desk's own and how many people have each now. A parameter that is null does
-- not filter.
SELECT role.id, role.key, role.name, role.allows, role.active, role.version,
       (SELECT count(*) FROM agent WHERE agent.role = role.key AND agent.active) AS people
FROM role
WHERE (%(role_id)s::bigint IS NULL OR role.id = %(role_id)s)
  AND (%(active)s::boolean IS NULL OR role.active = %(active)s)
ORDER BY role.name, role.id
