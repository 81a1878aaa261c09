-- The topics with these short names, and all that hang below them.
WITH RECURSIVE below AS (
    SELECT topic.id FROM topic WHERE topic.key = ANY (%(keys)s::text[])
    UNION
    SELECT topic.id FROM topic JOIN below ON topic.parent_id = below.id
)
SELECT below.id FROM below
