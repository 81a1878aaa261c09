-- How many open requests each person has in hand, and how many of them wait for somebody else.
SELECT assignee_id AS agent, count(*) AS tickets,
       count(*) FILTER (WHERE status IN ('pending', 'held')) AS waiting
FROM trouble_ticket ticket
WHERE status IN ('acknowledged', 'inProgress', 'pending', 'held') AND assignee_id IS NOT NULL
GROUP BY assignee_id
