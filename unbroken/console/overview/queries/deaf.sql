-- Network access servers that told of their sessions all day and say nothing now: what happens below
-- them we do not hear.
SELECT nas, max(slot) AS heard_at
FROM accounting_pulse
WHERE slot > %(at)s::timestamptz - interval '1 day' AND slot <= %(at)s AND records > 0
GROUP BY nas
HAVING max(slot) < %(at)s::timestamptz - interval '20 minutes' AND count(*) > 100
ORDER BY nas
