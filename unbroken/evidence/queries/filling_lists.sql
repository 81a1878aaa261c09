-- The lists of links that fill up, the latest first, each with what became of its links. What was
-- full already when it was listed proves nothing.
SELECT list.monday, list.made_at, list.is_backcast, list.links, list.looked_at, list.calm,
       count(link.id)::int AS entries,
       count(*) FILTER (WHERE link.became = 'said' AND NOT link.is_full)::int AS said,
       count(*) FILTER (WHERE link.became = 'sooner' AND NOT link.is_full)::int AS sooner,
       count(*) FILTER (WHERE link.became = 'later' AND NOT link.is_full)::int AS later,
       count(*) FILTER (WHERE link.became = 'widened')::int AS widened,
       count(*) FILTER (WHERE link.became = 'open')::int AS open,
       count(*) FILTER (WHERE link.became = 'unknown')::int AS unknown
FROM filling_list list
LEFT JOIN filling_link link ON link.list_id = list.id
GROUP BY list.id
ORDER BY list.monday DESC
LIMIT %(limit)s
