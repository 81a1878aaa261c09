"""Expand: of readings that are over, the last of every three hours; partitioned by month.

Safe while old code runs: yes, it does not know the table.
Undo: migrate evidence to 0008; readings older than UNBROKEN_READINGS_DAYS are gone then.
"""

from django.db import migrations, models

TABLE = """
CREATE TABLE reading_thinned (
    resource text NOT NULL,
    slot timestamptz NOT NULL,
    names_id bigint NOT NULL,
    at timestamptz NOT NULL,
    "values" json NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (resource, slot, names_id)
) PARTITION BY RANGE (slot);
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0008_batches_say_when")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, "DROP TABLE reading_thinned")],
            state_operations=[
                migrations.CreateModel(
                    name="ReadingThinned",
                    fields=[
                        ("resource", models.TextField(primary_key=True, serialize=False)),
                        ("slot", models.DateTimeField()),
                        ("names_id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("values", models.JSONField()),
                        ("received_at", models.DateTimeField()),
                    ],
                    options={"db_table": "reading_thinned"},
                ),
            ],
        ),
    ]
