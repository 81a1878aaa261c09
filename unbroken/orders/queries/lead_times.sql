-- How long completed orders took, by product and month: the mean, and within how many days 80 of
-- 100 were complete.
SELECT to_char(date_trunc('month', ended_at AT TIME ZONE 'UTC'), 'YYYY-MM') AS month, product,
       count(*)::int AS orders,
       (avg(extract(epoch FROM ended_at - ordered_at)) / 86400)::float8 AS mean_days,
       percentile_cont(0.8) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - ordered_at))
           / 86400 AS p80_days
FROM service_order
WHERE state = 'completed'
  AND ended_at >= date_trunc('month', now()) - make_interval(months => %(months)s)
GROUP BY 1, 2
ORDER BY 1 DESC, 2
