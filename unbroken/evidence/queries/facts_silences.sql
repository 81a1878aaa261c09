-- Stretches in which nothing was heard of a NAS that is otherwise heard every few minutes.
WITH pulse AS (
    SELECT nas, slot, lead(slot) OVER (PARTITION BY nas ORDER BY slot) AS following
    FROM accounting_pulse
    WHERE slot > %(at)s - interval '3 days' AND slot <= %(at)s
), habit AS (
    SELECT nas, percentile_disc(0.9) WITHIN GROUP (ORDER BY following - slot) AS usual
    FROM pulse WHERE following IS NOT NULL GROUP BY nas HAVING count(*) >= 30
)
SELECT pulse.nas, pulse.slot + interval '5 minutes' AS since, pulse.following AS until
FROM pulse
JOIN habit ON habit.nas = pulse.nas AND habit.usual <= interval '20 minutes'
WHERE coalesce(pulse.following, %(at)s) - pulse.slot > greatest(interval '40 minutes', 4 * usual)
ORDER BY pulse.slot
