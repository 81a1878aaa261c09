"""Expand: the chain of work on a request, its legs, and plans of legs by topic.

Safe while the old code still runs: yes, the tables are new.
Undo: migrate routing to 0004; what was handed over stays in the log.
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


def _at() -> Any:
    return models.DateTimeField(null=True)


def _number() -> Any:
    return models.BigIntegerField(null=True)


def _of(model: str) -> Any:
    return models.ForeignKey(null=True, on_delete=NOTHING, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0004_how_work_is_given"),
        ("conversation", "0006_approvals"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                *_guarded(),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=NOTHING, related_name="+", to="conversation.troubleticket"
                    ),
                ),
            ],
            options={"db_table": "chain"},
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                *_guarded(),
                ("topic", models.TextField(unique=True)),
                ("steps", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "chain_plan"},
        ),
        migrations.CreateModel(
            name="Leg",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("position", models.IntegerField()),
                ("kind", models.TextField(default="work")),
                ("state", models.TextField(default="planned")),
                ("names", models.JSONField(default=dict)),
                ("says", models.JSONField(default=dict)),
                ("needed_id", _number()),
                ("language", models.TextField(default="")),
                ("facts", models.JSONField(default=list)),
                ("due_at", _at()),
                ("minutes", models.IntegerField(null=True)),
                ("given_at", _at()),
                ("given_by", _number()),
                ("begun_at", _at()),
                ("ended_at", _at()),
                ("done_id", _number()),
                ("done_language", models.TextField(default="")),
                ("evidence", models.JSONField(default=list)),
                ("asked_id", _number()),
                ("answered_id", _number()),
                ("done", models.IntegerField(null=True)),
                ("of", models.IntegerField(null=True)),
                ("unit", models.TextField(default="")),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                ("beside_id", _number()),
                (
                    "chain",
                    models.ForeignKey(on_delete=NOTHING, related_name="legs", to="routing.chain"),
                ),
                ("team", _of("staffing.team")),
                ("agent", _of("staffing.agent")),
            ],
            options={"db_table": "chain_leg"},
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.UniqueConstraint(fields=("chain", "position"), name="chain_leg_once"),
        ),
        migrations.AddIndex(
            model_name="leg",
            index=models.Index(
                condition=models.Q(ended_at__isnull=True, due_at__isnull=False),
                fields=["due_at"],
                name="chain_leg_owed",
            ),
        ),
        guard.guard("chain", "chain"),
        guard.guard("chain_plan", "chain_plan"),
        guard.guard_child("chain_leg"),
    ]
