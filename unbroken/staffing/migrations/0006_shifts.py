"""Expand: when somebody works: a week from a date on, and days that are different.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate staffing to 0005; what was planned is lost.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


def _agent(name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="staffing.agent"
    )


class Migration(migrations.Migration):
    dependencies = [("staffing", "0005_own_status")]

    operations = [
        migrations.CreateModel(
            name="ShiftPattern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("since", models.DateField()),
                ("week", models.JSONField(default=dict)),
                ("agent", _agent("shift_patterns")),
            ],
            options={
                "db_table": "shift_pattern",
                "constraints": [
                    models.UniqueConstraint(fields=("agent", "since"), name="shift_pattern_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("day", models.DateField()),
                ("hours", models.JSONField(default=list)),
                ("reason", models.TextField(default="")),
                ("counts", models.BooleanField(default=True)),
                ("agent", _agent("shift_days")),
            ],
            options={
                "db_table": "shift_day",
                "constraints": [
                    models.UniqueConstraint(fields=("agent", "day"), name="shift_day_once")
                ],
            },
        ),
        guard.guard_child("shift_pattern"),
        guard.guard_child("shift_day"),
    ]
