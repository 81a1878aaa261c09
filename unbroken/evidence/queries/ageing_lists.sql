-- The lists there are, the latest first, each with what became of its lines.
SELECT list.monday, list.made_at, list.is_backcast, list.lines, list.looked_at, list.failed,
       list.foreseen, count(line.id)::int AS entries,
       count(*) FILTER (WHERE line.became = 'failed')::int AS came_true,
       count(*) FILTER (WHERE line.became = 'held')::int AS held,
       count(*) FILTER (WHERE line.became = 'mended')::int AS mended,
       count(*) FILTER (WHERE line.became = 'open')::int AS open,
       count(*) FILTER (WHERE line.became = 'unknown')::int AS unknown,
       coalesce(sum(line.reports) FILTER (WHERE line.became = 'failed'), 0)::int AS reports,
       coalesce(sum(line.chance), 0)::float8 AS chances
FROM ageing_list list
LEFT JOIN ageing_line line ON line.list_id = list.id
GROUP BY list.id
ORDER BY list.monday DESC
LIMIT %(limit)s
