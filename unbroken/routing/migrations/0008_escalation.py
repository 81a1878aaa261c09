"""Expand: who is on call, paths of escalation, what climbs them, and pages.

Safe while the old code still runs: yes, the tables are new.
Undo: migrate routing to 0007; what was paged stays in the log.
"""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

NOTHING = django.db.models.deletion.DO_NOTHING


def _guarded() -> list[tuple[str, Any]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("version", models.IntegerField(default=0)),
        ("changed_at", models.DateTimeField()),
    ]


def _many(of: Any) -> Any:
    return django.contrib.postgres.fields.ArrayField(base_field=of, default=list, size=None)


def _at() -> Any:
    return models.DateTimeField(null=True)


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0007_what_is_foreseen"),
        ("conversation", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rota",
            fields=[
                *_guarded(),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("team", models.BigIntegerField(default=0)),
                ("by_shift", models.BooleanField(default=False)),
                ("people", _many(models.BigIntegerField())),
                ("since", models.DateField()),
                ("turn_days", models.IntegerField(default=7)),
                ("change_at", models.TextField(default="09:00")),
                ("timezone", models.TextField(default="UTC")),
                ("stands", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "rota"},
        ),
        migrations.CreateModel(
            name="EscalationPath",
            fields=[
                *_guarded(),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("begins", models.JSONField(default=dict)),
                ("teams", _many(models.BigIntegerField())),
                ("priorities", _many(models.TextField())),
                ("steps", models.JSONField(default=list)),
                ("rounds", models.IntegerField(default=1)),
                ("one_tap", models.BooleanField(default=True)),
                ("hook", models.TextField(default="")),
                ("hook_secret", models.TextField(default="")),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "escalation_path"},
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                *_guarded(),
                ("cause", models.TextField()),
                ("why", models.TextField()),
                ("problem", models.BigIntegerField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("step", models.IntegerField(default=0)),
                ("times", models.IntegerField(default=0)),
                ("round", models.IntegerField(default=0)),
                ("next_at", _at()),
                ("state", models.TextField(default="open")),
                ("by_agent", models.BigIntegerField(null=True)),
                ("ended_at", _at()),
                (
                    "path",
                    models.ForeignKey(
                        on_delete=NOTHING, related_name="+", to="routing.escalationpath"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        null=True,
                        on_delete=NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "escalation",
                "constraints": [
                    models.UniqueConstraint(fields=["path", "cause"], name="escalation_once")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(state="open"), fields=["next_at"], name="escalation_due"
                    ),
                    models.Index(fields=["problem"], name="escalation_problem"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("agent", models.BigIntegerField()),
                ("step", models.IntegerField()),
                ("round", models.IntegerField()),
                ("ways", _many(models.TextField())),
                ("at", models.DateTimeField()),
                ("acknowledged_at", _at()),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=NOTHING, related_name="pages", to="routing.escalation"
                    ),
                ),
            ],
            options={
                "db_table": "escalation_page",
                "indexes": [models.Index(fields=["agent", "-at"], name="escalation_page_agent")],
            },
        ),
        guard.guard("rota", "rota"),
        guard.guard("escalation_path", "escalation_path"),
        guard.guard("escalation", "escalation"),
        guard.guard_child("escalation_page"),
    ]
