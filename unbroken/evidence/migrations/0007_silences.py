"""Expand: elements that fell silent, as the live detector finds them; an index of arrivals.

Safe while old code runs: yes, nothing of it stood here before.
Undo: migrate evidence to 0006; problems keep what they were told.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_radacct")]

    operations = [
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("element", models.TextField()),
                ("cause", models.TextField()),
                ("since", models.DateTimeField()),
                ("detected_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("announced", models.TextField(blank=True, default="")),
                ("overran", models.BooleanField(default=False)),
                ("merged_into", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "silence",
                "indexes": [
                    models.Index(
                        condition=models.Q(until__isnull=True),
                        fields=["since"],
                        name="silence_open",
                    ),
                    models.Index(fields=["element", "since"], name="silence_element"),
                ],
            },
        ),
        guard.guard("silence", "silence"),
        migrations.RunSQL(
            "CREATE INDEX observation_received ON observation USING brin (received_at)",
            "DROP INDEX observation_received",
        ),
    ]
