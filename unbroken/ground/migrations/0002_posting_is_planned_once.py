"""Expand: the event, its letters and its news in one function, whose statements are planned once.

Planning them anew took as long as carrying them out. Safe while old code runs: yes, it goes on
saying the same in one statement.
Undo: migrate ground 0001.
"""

from django.db import migrations

POST = """
CREATE FUNCTION ground_post(
    told_stream text, told_version int, told_kind text, told_at timestamptz, told_by text,
    told_data jsonb, boxes text[], dues timestamptz[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE told bigint;
BEGIN
    INSERT INTO ground_event (stream, version, kind, at, by, data, imported)
    VALUES (told_stream, told_version, told_kind, told_at, told_by, told_data, false)
    RETURNING id INTO told;
    INSERT INTO ground_letter (box, stream, event_id, not_before)
    SELECT to_whom.box, told_stream, told, to_whom.due
    FROM unnest(boxes, dues) AS to_whom (box, due);
    PERFORM pg_notify('unbroken', told_stream || ' ' || told_kind);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_the_ground")]
    operations = [
        migrations.RunSQL(
            POST,
            "DROP FUNCTION ground_post(text, int, text, timestamptz, text, jsonb, text[],"
            " timestamptz[])",
        )
    ]
