-- A raw thing as it came in, for the reader of a ticket it belongs to. Null when erased.
SELECT intake.raw, intake.erased_at IS NOT NULL AS is_erased, intake.channel
FROM intake
WHERE intake.id = %(intake)s
