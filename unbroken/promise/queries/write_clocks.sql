-- The clocks of one ticket as just counted, and its most urgent promise. A run that was
-- judged when it ended keeps that judgement.
WITH counted AS (
    SELECT * FROM unnest(
        %(measures)s::text[], %(causes)s::bigint[], %(started)s::timestamptz[],
        %(ended)s::timestamptz[], %(due)s::timestamptz[], %(warn)s::timestamptz[],
        %(paused)s::timestamptz[], %(states)s::text[], %(targets)s::bigint[],
        %(used)s::float8[], %(warned)s::boolean[])
    AS one (measure, cause, started_at, ended_at, due_at, warn_at, paused_since, state,
            target_seconds, used_seconds, warned)
), put AS (
    INSERT INTO promise_clock AS clock
        (ticket_id, agreement, measure, cause, started_at, ended_at, due_at, warn_at,
         paused_since, state, target_seconds, used_seconds, warned)
    SELECT %(ticket_id)s, %(agreement)s, counted.* FROM counted
    ON CONFLICT (ticket_id, measure) DO UPDATE SET
        agreement = EXCLUDED.agreement, cause = EXCLUDED.cause,
        started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at,
        due_at = EXCLUDED.due_at, warn_at = EXCLUDED.warn_at,
        paused_since = EXCLUDED.paused_since, state = EXCLUDED.state,
        target_seconds = EXCLUDED.target_seconds, used_seconds = EXCLUDED.used_seconds,
        warned = EXCLUDED.warned
    WHERE clock.ended_at IS NULL OR clock.cause <> EXCLUDED.cause OR EXCLUDED.ended_at IS NULL
), gone AS (
    DELETE FROM promise_clock
    WHERE ticket_id = %(ticket_id)s AND measure <> ALL (%(measures)s::text[])
), closed AS (
    DELETE FROM next_promise WHERE ticket_id = %(ticket_id)s AND NOT %(is_open)s
)
INSERT INTO next_promise
    (ticket_id, measure, due_at, is_warned, agreement, service_id, edition, next_at)
SELECT %(ticket_id)s, %(next_measure)s, %(next_due)s, %(next_warned)s, %(agreement)s,
       %(service_id)s, %(edition)s, %(next_at)s
WHERE %(is_open)s
ON CONFLICT (ticket_id) DO UPDATE SET
    measure = EXCLUDED.measure, due_at = EXCLUDED.due_at, is_warned = EXCLUDED.is_warned,
    agreement = EXCLUDED.agreement, service_id = EXCLUDED.service_id,
    edition = EXCLUDED.edition, next_at = EXCLUDED.next_at
