"""Expand: rules, what they did, when they look next.

Safe while the old code still runs: yes, nothing stood here before.
Undo: migrate routines to 0001.
"""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


def _to(model: str) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0003_tickets_that_sleep"),
        ("routines", "0001_macros"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("definition", models.JSONField(default=dict)),
                ("position", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=False)),
                ("from_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "rule"},
        ),
        guard.guard("rule", "rule"),
        migrations.CreateModel(
            name="RuleFiring",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("cause_id", models.BigIntegerField(null=True)),
                ("base_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField()),
                ("why", models.JSONField(default=dict)),
                (
                    "chain",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("first_version", models.IntegerField(default=0)),
                ("last_version", models.IntegerField(default=0)),
                ("rule", _to("routines.rule")),
                ("ticket", _to("conversation.troubleticket")),
            ],
            options={
                "db_table": "rule_firing",
                "indexes": [
                    models.Index(fields=["rule", "-at"], name="rule_firing_rule"),
                    models.Index(fields=["ticket", "-at"], name="rule_firing_ticket"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleWait",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(db_index=True)),
                ("rule", _to("routines.rule")),
                ("ticket", _to("conversation.troubleticket")),
            ],
            options={
                "db_table": "rule_wait",
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "rule"), name="rule_wait_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule_version", models.IntegerField(default=0)),
                ("after", models.BigIntegerField(null=True)),
                (
                    "rule",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="routines.rule",
                    ),
                ),
            ],
            options={"db_table": "rule_seed"},
        ),
    ]
