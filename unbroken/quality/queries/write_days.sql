-- Days grow and shrink by what changed; a day that amounts to nothing any more is forgotten.
WITH changed AS (
    INSERT INTO day_figure AS known (figure, day, team, topic, channel, priority, amount)
    SELECT figure, day, team, topic, channel, priority, amount
    FROM jsonb_to_recordset(%(steps)s::jsonb) AS one (
        figure text, day date, team bigint, topic bigint, channel text, priority text,
        amount bigint)
    ORDER BY figure, day, team, topic, channel, priority
    ON CONFLICT (figure, day, team, topic, channel, priority)
        DO UPDATE SET amount = known.amount + EXCLUDED.amount
    RETURNING known.id, known.amount
)
SELECT id FROM changed WHERE amount = 0
