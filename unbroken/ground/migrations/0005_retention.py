"""Expand: for how long each kind of old things is kept, and what each night removed.

Safe while the old code still runs: yes, both tables are new.
Undo: migrate ground to 0004; what was settled is lost, and everything is kept as it was shipped.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("ground", "0004_deaths_of_whoever_opened_a_letter")]

    operations = [
        migrations.CreateModel(
            "Retention",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("days", models.IntegerField(null=True)),
            ],
            options={"db_table": "retention"},
        ),
        guard.guard("retention", "retention"),
        migrations.CreateModel(
            "RetentionRun",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("removed", models.JSONField(default=dict)),
                ("left", models.JSONField(default=list)),
                ("errors", models.JSONField(default=dict)),
            ],
            options={"db_table": "retention_run"},
        ),
    ]
