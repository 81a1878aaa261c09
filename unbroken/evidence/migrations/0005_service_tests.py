"""Expand: tests of a service by our own probes.

Safe while old code runs: yes, it does not know the table.
Undo: migrate evidence to 0004; what was measured stays among the readings.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_outside_alarms")]

    operations = [
        migrations.CreateModel(
            name="ServiceTest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service_id", models.BigIntegerField()),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("resource", models.TextField()),
                ("asked_by", models.TextField()),
                ("with_trace", models.BooleanField(default=False)),
                ("state", models.TextField(default="acknowledged")),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("measured", models.JSONField(default=list)),
            ],
            options={
                "db_table": "service_test",
                "indexes": [
                    models.Index(fields=["service_id", "asked_at"], name="service_test_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["acknowledged", "inProgress"])),
                        fields=("service_id",),
                        name="service_test_one_at_a_time",
                    )
                ],
            },
        ),
    ]
