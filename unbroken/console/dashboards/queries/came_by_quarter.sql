-- When in the day requests came, by quarters of an hour, and how long people worked on them.
-- Of the requests that the figures of these days name, every so many-th, so that it stays cheap.
SELECT floor(extract(epoch FROM (ticket.created_at AT TIME ZONE %(zone)s)::time) / 900)::int
           AS quarter,
       count(*) AS requests, count(spent.minutes) AS timed,
       coalesce(sum(spent.minutes), 0)::bigint AS minutes
FROM ticket_figure figure
JOIN trouble_ticket ticket ON ticket.id = figure.ticket_id
LEFT JOIN LATERAL (SELECT nullif(sum(one.minutes), 0) AS minutes
                   FROM time_spent one WHERE one.ticket_id = ticket.id) spent ON true
WHERE figure.figure = 'received' AND figure.day = ANY (%(days)s)
  AND figure.ticket_id %% %(every)s = 0
  AND (%(teams)s::bigint[] IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[]))
GROUP BY 1
