-- What agreements promise over a month, and what was reached in each month: of all promises of that
-- measure that were judged, those within the time (or within what was promised to each).
SELECT wanted.id, wanted.agreement, coalesce(agreement.name, wanted.agreement) AS name,
       wanted.measure, wanted.percent, wanted.seconds, to_char(ended.day, 'YYYY-MM') AS month,
       count(*) AS judged,
       count(*) FILTER (WHERE CASE WHEN wanted.seconds IS NULL THEN ended.is_kept
                                   ELSE coalesce(ended.used_seconds <= wanted.seconds, false) END
                       ) AS reached
FROM period_objective wanted
JOIN agreement ON agreement.key = wanted.agreement
JOIN promise_outcome ended ON ended.kind = 'promise' AND ended.agreement = wanted.agreement
                          AND ended.what = wanted.measure
WHERE wanted.is_on AND wanted.measure <> 'availability'
  AND ended.day BETWEEN %(since)s AND %(until)s
GROUP BY wanted.id, agreement.name, to_char(ended.day, 'YYYY-MM')
ORDER BY name, wanted.measure, wanted.id, month DESC
