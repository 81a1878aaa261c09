-- These tickets in numbers, as just counted.
INSERT INTO ticket_measure
    (ticket_id, version, team, topic, channel, priority, first_answer_seconds, resolve_seconds,
     answers, reopened, kept, missed, first_contact)
SELECT * FROM jsonb_to_recordset(%(measures)s::jsonb) AS one (
    ticket_id bigint, version integer, team bigint, topic bigint, channel text, priority text,
    first_answer_seconds float8, resolve_seconds float8, answers integer, reopened integer,
    kept integer, missed integer, first_contact boolean)
ON CONFLICT (ticket_id) DO UPDATE SET
    version = EXCLUDED.version, team = EXCLUDED.team, topic = EXCLUDED.topic,
    channel = EXCLUDED.channel, priority = EXCLUDED.priority,
    first_answer_seconds = EXCLUDED.first_answer_seconds,
    resolve_seconds = EXCLUDED.resolve_seconds, answers = EXCLUDED.answers,
    reopened = EXCLUDED.reopened, kept = EXCLUDED.kept, missed = EXCLUDED.missed,
    first_contact = EXCLUDED.first_contact
