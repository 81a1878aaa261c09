-- One day's figures of these teams.
SELECT figure, sum(amount)::bigint AS amount
FROM day_figure
WHERE figure = ANY (%(figures)s) AND day = %(day)s
  AND (%(teams)s::bigint[] IS NULL OR team = ANY (%(teams)s::bigint[]) OR team = 0)
GROUP BY figure
