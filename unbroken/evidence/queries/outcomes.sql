-- How many cases of each cause were confirmed on each kind of access by a moment, in two years.
SELECT access, cause, sum(weight)
FROM cause_outcome
WHERE at <= %(at)s AND at > %(since)s
GROUP BY access, cause
