-- Every day's sums, added up from what each ticket amounts to.
INSERT INTO day_figure (figure, day, team, topic, channel, priority, amount)
SELECT figure.figure, figure.day, measure.team, measure.topic, measure.channel, measure.priority,
       sum(figure.amount)
FROM ticket_figure figure
JOIN ticket_measure measure ON measure.ticket_id = figure.ticket_id
GROUP BY 1, 2, 3, 4, 5, 6
