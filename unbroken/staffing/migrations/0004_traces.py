"""Expand: traces of what agents did that changed nothing: signing in, reading, taking away.

A row is never altered, and goes only by retention, which is on record. Safe while the old code
still runs: yes, nobody writes here yet.
Undo: migrate staffing to 0003; the traces are lost.
"""

from django.db import migrations, models

KEPT = """
CREATE FUNCTION staffing_trace_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND ground_marked() THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a trace is never altered (row %)', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER trace_kept BEFORE UPDATE OR DELETE ON trace
    FOR EACH ROW EXECUTE FUNCTION staffing_trace_kept();
CREATE TRIGGER trace_whole BEFORE TRUNCATE ON trace
    FOR EACH STATEMENT EXECUTE FUNCTION ground_refuse_truncate();
"""
KEPT_NO_MORE = """
DROP TRIGGER trace_whole ON trace;
DROP TRIGGER trace_kept ON trace;
DROP FUNCTION staffing_trace_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0001_the_ground"),
        ("staffing", "0003_keys_and_browsers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("agent", models.BigIntegerField(null=True)),
                ("kind", models.TextField()),
                ("thing", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("why", models.TextField(default="")),
                ("place", models.TextField(default="")),
            ],
            options={
                "db_table": "trace",
                "indexes": [
                    models.Index(fields=["at", "id"], name="trace_at"),
                    models.Index(fields=["thing", "agent", "at"], name="trace_thing"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, KEPT_NO_MORE),
    ]
