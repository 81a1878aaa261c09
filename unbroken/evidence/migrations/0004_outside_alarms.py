"""Expand: alarms of other systems by their numbers there, and marks of what is fetched.

Safe while old code runs: yes, it knows neither table.
Undo: migrate evidence to 0003; open alarms of other systems are then ended by name only.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_session_timeout")]

    operations = [
        migrations.CreateModel(
            name="OutsideAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.TextField()),
                ("ref", models.TextField()),
                ("resource", models.TextField()),
                ("type", models.TextField()),
                ("raised_at", models.DateTimeField()),
            ],
            options={
                "db_table": "outside_alarm",
                "constraints": [
                    models.UniqueConstraint(fields=("system", "ref"), name="outside_alarm_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceMark",
            fields=[
                ("source", models.TextField(primary_key=True, serialize=False)),
                ("mark", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "source_mark"},
        ),
    ]
