-- Teams and how many people are in them now. Each parameter that is null does not filter.
SELECT team.id, team.key, team.name, team.languages, team.active,
       (SELECT count(*) FROM membership WHERE team_id = team.id AND until_at IS NULL) AS members
FROM team
WHERE (%(team_id)s::bigint IS NULL OR team.id = %(team_id)s)
  AND (%(key)s::text IS NULL OR team.key = %(key)s)
  AND (%(active)s::boolean IS NULL OR team.active = %(active)s)
ORDER BY team.name, team.id
