"""Expand: problems, the services they take along, what stands in meanwhile.

Safe while the old code runs: yes, nothing stood here before.
Undo: migrate outage to zero.
"""

from typing import Any, TypeAlias

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from unbroken.ground import guard

Field: TypeAlias = "models.Field[Any, Any]"


def _own() -> list[tuple[str, Field]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("version", models.IntegerField(default=0)),
        ("changed_at", models.DateTimeField()),
    ]


def _child() -> list[tuple[str, Field]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("stream", models.TextField()),
        ("version", models.IntegerField()),
    ]


def _to(model: str, *, related_name: str = "+", null: bool = False) -> Field:
    return models.ForeignKey(
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name=related_name,
        to=model,
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("directory", "0004_who_turned_out_to_be_one")]

    operations = [
        migrations.CreateModel(
            name="ServiceProblem",
            fields=[
                *_own(),
                ("element", models.TextField()),
                ("origin", models.TextField()),
                ("state", models.TextField()),
                ("cause", models.TextField(blank=True, default="")),
                ("is_confirmed", models.BooleanField(default=False)),
                ("severity", models.TextField()),
                ("since", models.DateTimeField()),
                ("detected_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("announced", models.TextField(blank=True, default="")),
                ("finding_id", models.BigIntegerField(null=True)),
                ("next_news_at", models.DateTimeField(null=True)),
                ("news_at", models.DateTimeField(null=True)),
                ("news_id", models.BigIntegerField(null=True)),
                ("step", models.TextField(blank=True, default="")),
                ("step_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("partner", _to("directory.partner", null=True)),
                ("partner_ticket", models.TextField(blank=True, default="")),
                ("workaround_id", models.BigIntegerField(null=True)),
                ("root_cause_id", models.BigIntegerField(null=True)),
                ("lesson_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "service_problem",
                "indexes": [
                    models.Index(
                        fields=["since"],
                        name="service_problem_open",
                        condition=Q(closed_at__isnull=True),
                    ),
                    models.Index(fields=["element", "since"], name="service_problem_element"),
                    models.Index(fields=["-since"], name="service_problem_since"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["finding_id"], name="service_problem_once"),
                ],
            },
        ),
        guard.guard("problem", "service_problem"),
        migrations.CreateModel(
            name="AffectedService",
            fields=[
                *_child(),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("problem", _to("outage.serviceproblem", related_name="affected")),
                ("service", _to("directory.service")),
            ],
            options={
                "db_table": "affected_service",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["problem", "service"],
                        condition=Q(until__isnull=True),
                        name="affected_service_once",
                    )
                ],
                "indexes": [
                    models.Index(fields=["problem", "service"], name="affected_service_problem"),
                    models.Index(fields=["service", "-since"], name="affected_service_service"),
                ],
            },
        ),
        guard.guard_child("affected_service"),
        migrations.CreateModel(
            name="Backup",
            fields=[
                *_child(),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("at", models.DateTimeField()),
                ("problem", _to("outage.serviceproblem", related_name="backups")),
                ("service", _to("directory.service")),
            ],
            options={
                "db_table": "problem_backup",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["problem", "service", "kind"], name="problem_backup_once"
                    )
                ],
            },
        ),
        guard.guard_child("problem_backup"),
    ]
