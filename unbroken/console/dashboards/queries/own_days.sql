-- What somebody answered and resolved, day by day.
SELECT figure, day, sum(amount)::bigint AS amount
FROM ticket_figure
WHERE agent = %(me)s AND day >= %(since)s AND figure IN ('answered', 'resolved')
GROUP BY figure, day
