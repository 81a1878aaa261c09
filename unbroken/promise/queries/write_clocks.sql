-- The clocks of one ticket as just counted, and its most urgent promise. A run that was
-- judged when it ended keeps that judgement. The ticket's row in next_promise is written
-- first (`put` waits for it): timer and letterbox then never hold each other up. Open screens
-- are told when another promise comes first, or comes at another time; nobody when all is as it was.
WITH counted AS (
    SELECT * FROM jsonb_to_recordset(%(clocks)s::jsonb) AS one (
        measure text, cause bigint, started_at timestamptz, ended_at timestamptz,
        due_at timestamptz, warn_at timestamptz, paused_since timestamptz, state text,
        target_seconds bigint, used_seconds float8, warned boolean, pauses jsonb)
), before AS (
    SELECT measure, due_at, is_warned, agreement
    FROM next_promise WHERE ticket_id = %(ticket_id)s::bigint
), closed AS (
    DELETE FROM next_promise WHERE ticket_id = %(ticket_id)s::bigint AND NOT %(is_open)s::boolean
    RETURNING ticket_id
), next AS (
    INSERT INTO next_promise
        (ticket_id, measure, due_at, is_warned, agreement, service_id, edition, next_at)
    SELECT %(ticket_id)s::bigint, %(next_measure)s::text, %(next_due)s::timestamptz, %(next_warned)s::boolean, %(agreement)s::text,
           %(service_id)s::bigint, %(edition)s::bigint, %(next_at)s::timestamptz
    WHERE %(is_open)s::boolean
    ON CONFLICT (ticket_id) DO UPDATE SET
        measure = EXCLUDED.measure, due_at = EXCLUDED.due_at,
        is_warned = EXCLUDED.is_warned, agreement = EXCLUDED.agreement,
        service_id = EXCLUDED.service_id, edition = EXCLUDED.edition,
        next_at = EXCLUDED.next_at
    RETURNING ticket_id
), put AS (
    INSERT INTO promise_clock AS clock
        (ticket_id, agreement, measure, cause, started_at, ended_at, due_at, warn_at,
         paused_since, state, target_seconds, used_seconds, warned, pauses)
    SELECT %(ticket_id)s::bigint, %(agreement)s::text, counted.* FROM counted
    WHERE (SELECT count(*) FROM next) + (SELECT count(*) FROM closed) >= 0
    ON CONFLICT (ticket_id, measure) DO UPDATE SET
        agreement = EXCLUDED.agreement, cause = EXCLUDED.cause,
        started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at,
        due_at = EXCLUDED.due_at, warn_at = EXCLUDED.warn_at,
        paused_since = EXCLUDED.paused_since, state = EXCLUDED.state,
        target_seconds = EXCLUDED.target_seconds, used_seconds = EXCLUDED.used_seconds,
        warned = EXCLUDED.warned, pauses = EXCLUDED.pauses
    WHERE clock.ended_at IS NULL OR clock.cause <> EXCLUDED.cause OR EXCLUDED.ended_at IS NULL
), gone AS (
    DELETE FROM promise_clock
    WHERE ticket_id = %(ticket_id)s::bigint AND measure NOT IN (SELECT measure FROM counted)
      AND (SELECT count(*) FROM next) + (SELECT count(*) FROM closed) >= 0
)
SELECT pg_notify('unbroken', 'ticket:' || %(ticket_id)s::bigint || ' promise.counted')
WHERE %(is_open)s::boolean
  AND NOT EXISTS (
    SELECT FROM before
    WHERE (measure, due_at, is_warned, agreement) IS NOT DISTINCT FROM
          (%(next_measure)s::text, %(next_due)s::timestamptz, %(next_warned)s::boolean, %(agreement)s::text))
