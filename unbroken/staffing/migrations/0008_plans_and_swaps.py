"""Expand: weeks of shifts as the solver proposed them, and shifts that people want to swap.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate staffing to 0007; drafts and swaps are lost, the shifts stay.
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
    dependencies = [("staffing", "0007_providers")]

    operations = [
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                ("monday", models.DateField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("shifts", models.JSONField(default=list)),
            ],
            options={"db_table": "plan_draft"},
        ),
        migrations.CreateModel(
            name="ShiftSwap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("asker", _agent("swaps_asked")),
                ("other", _agent("swaps_got")),
                ("day", models.DateField()),
                ("back", models.DateField(null=True)),
                ("state", models.TextField(default="asked")),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "shift_swap",
                "indexes": [models.Index(fields=["state", "day"], name="shift_swap_open")],
            },
        ),
        guard.guard("swap", "shift_swap"),
    ]
