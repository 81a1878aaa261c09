"""Expand: our own plans, days on which nobody works, how long before customers are told.

Safe while the old code runs: yes, nothing stood here before.
Undo: migrate outage to 0002.
"""

from typing import Any, TypeAlias

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from unbroken.ground import guard

Field: TypeAlias = "models.Field[Any, Any]"


def _own() -> list[tuple[str, Field]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("version", models.IntegerField(default=0)),
        ("changed_at", models.DateTimeField()),
    ]


class Migration(migrations.Migration):
    dependencies = [("outage", "0002_merged")]

    operations = [
        migrations.CreateModel(
            name="PlannedWork",
            fields=[
                *_own(),
                ("name", models.TextField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("resources", ArrayField(models.TextField(), default=list, size=None)),
                ("impact", models.TextField()),
                ("state", models.TextField()),
                ("author", models.TextField()),
                ("approver", models.TextField(blank=True, default="")),
                ("services", models.IntegerField(default=0)),
                ("despite", ArrayField(models.TextField(), default=list, size=None)),
                ("announced_at", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("overran_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "planned_work",
                "indexes": [models.Index(fields=["until", "since"], name="planned_work_span")],
            },
        ),
        migrations.CreateModel(
            name="FreezeDays",
            fields=[
                *_own(),
                ("name", models.TextField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("is_on", models.BooleanField(default=True)),
            ],
            options={"db_table": "freeze_days"},
        ),
        migrations.CreateModel(
            name="NoticePeriod",
            fields=[
                *_own(),
                ("agreement", models.TextField(unique=True)),
                ("hours", models.IntegerField()),
            ],
            options={"db_table": "notice_period"},
        ),
        guard.guard("plan", "planned_work"),
        guard.guard("freeze", "freeze_days"),
        guard.guard("notice_period", "notice_period"),
    ]
