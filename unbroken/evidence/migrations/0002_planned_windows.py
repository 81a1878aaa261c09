"""Expand: windows of work that somebody gave notice of.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate evidence to 0001; the notices stay in the mails they came with.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedWindow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("provider", models.TextField(blank=True, default="")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "resources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("impact", models.TextField()),
                ("status", models.TextField()),
                ("arrived_at", models.DateTimeField()),
            ],
            options={
                "db_table": "planned_window",
                "indexes": [models.Index(fields=["until", "since"], name="planned_window_span")],
            },
        ),
        guard.guard("window", "planned_window"),
    ]
