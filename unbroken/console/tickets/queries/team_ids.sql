-- The teams with these short names.
SELECT team.id FROM team WHERE team.key = ANY (%(keys)s::text[])
