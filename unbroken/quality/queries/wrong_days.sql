-- Days whose sums are not what their tickets add up to.
SELECT DISTINCT day
FROM (
    SELECT figure, day, team, topic, channel, priority, amount FROM day_figure
    UNION ALL
    SELECT figure.figure, figure.day, measure.team, measure.topic, measure.channel,
           measure.priority, -sum(figure.amount)
    FROM ticket_figure figure
    JOIN ticket_measure measure ON measure.ticket_id = figure.ticket_id
    GROUP BY 1, 2, 3, 4, 5, 6
) both_ways
GROUP BY figure, day, team, topic, channel, priority
HAVING sum(amount) <> 0
ORDER BY day
