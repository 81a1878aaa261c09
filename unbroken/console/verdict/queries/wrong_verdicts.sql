-- Verdicts that were wrong, the most certain first.
SELECT ticket_id, problem_id, said, certainty, cause, at
FROM cause_outcome
WHERE at >= %(since)s AND said NOT IN ('', 'unknown') AND said <> cause
ORDER BY certainty DESC NULLS LAST, at DESC
LIMIT %(limit)s
