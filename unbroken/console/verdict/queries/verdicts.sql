-- How certain verdicts were and what it really was, by both, since a day: cases and problems once.
SELECT said, cause, least(9, floor(certainty * 10))::int AS tenth, how, count(*)::int AS cases
FROM cause_outcome
WHERE at >= %(since)s AND said <> ''
GROUP BY said, cause, tenth, how
