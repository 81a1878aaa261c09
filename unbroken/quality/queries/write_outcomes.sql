-- How the promises of these tickets ended, and when their services did not work, as just counted.
WITH gone AS (
    DELETE FROM down_span WHERE ticket_id = ANY (%(tickets)s)
), past AS (
    DELETE FROM promise_outcome WHERE ticket_id = ANY (%(tickets)s)
      AND (ticket_id, kind, what, cause) NOT IN (
          SELECT ticket_id, kind, what, cause FROM jsonb_to_recordset(%(outcomes)s::jsonb)
              AS one (ticket_id bigint, kind text, what text, cause bigint))
), down AS (
    INSERT INTO down_span (ticket_id, service_id, since, until)
    SELECT * FROM jsonb_to_recordset(%(downs)s::jsonb) AS one (
        ticket_id bigint, service_id bigint, since timestamptz, until timestamptz)
)
INSERT INTO promise_outcome
    (ticket_id, kind, what, cause, day, is_kept, used_seconds, wall_seconds, target_seconds,
     agreement, team, topic, priority, is_outage)
SELECT * FROM jsonb_to_recordset(%(outcomes)s::jsonb) AS one (
    ticket_id bigint, kind text, what text, cause bigint, day date, is_kept boolean,
    used_seconds float8, wall_seconds float8, target_seconds bigint, agreement text, team bigint,
    topic bigint, priority text, is_outage boolean)
ON CONFLICT (ticket_id, kind, what, cause) DO UPDATE SET
    day = EXCLUDED.day, is_kept = EXCLUDED.is_kept, used_seconds = EXCLUDED.used_seconds,
    wall_seconds = EXCLUDED.wall_seconds, target_seconds = EXCLUDED.target_seconds,
    agreement = EXCLUDED.agreement, team = EXCLUDED.team, topic = EXCLUDED.topic,
    priority = EXCLUDED.priority, is_outage = EXCLUDED.is_outage
