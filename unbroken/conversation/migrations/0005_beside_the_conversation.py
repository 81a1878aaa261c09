"""Expand: tables of what stands beside the conversation, and which message belongs to which talk.

Watchers, time spent, checklists, custom fields with their values, side conversations.
Safe while the old code still runs: yes, the new column may be empty and nothing old writes there.
Undo: drop the tables and the column; nothing else reads them.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0004_mentions_and_shared_drafts"),
        ("staffing", "0003_keys_and_browsers"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="side_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("names", models.JSONField(default=dict)),
                ("items", models.JSONField(default=dict)),
                ("active", models.BooleanField(default=True)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.topic",
                    ),
                ),
            ],
            options={
                "db_table": "checklist",
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("text", models.TextField()),
                ("done_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="checklist",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "checklist_item",
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("names", models.JSONField(default=dict)),
                ("choices", models.JSONField(default=list)),
                ("position", models.IntegerField(default=0)),
                ("for_agents", models.TextField(default="may")),
                ("for_customers", models.TextField(default="hidden")),
                ("at_closing", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.topic",
                    ),
                ),
            ],
            options={
                "db_table": "custom_field",
            },
        ),
        migrations.CreateModel(
            name="SideConversation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("subject", models.TextField(default="")),
                ("to", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="sides",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "side_conversation",
            },
        ),
        migrations.CreateModel(
            name="FieldValue",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("value", models.TextField()),
                ("text", models.TextField(default="")),
                ("number", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("day", models.DateField(null=True)),
                ("whose", models.TextField()),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="values",
                        to="conversation.customfield",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="field_values",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "field_value",
                "indexes": [
                    models.Index(fields=["field", "value"], name="field_value_is"),
                    models.Index(
                        condition=models.Q(("number__isnull", False)),
                        fields=["field", "number"],
                        name="field_value_number",
                    ),
                    models.Index(
                        condition=models.Q(("day__isnull", False)),
                        fields=["field", "day"],
                        name="field_value_day",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "field"), name="field_value_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeSpent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("minutes", models.IntegerField()),
                ("words_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="time_spent",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "time_spent",
                "indexes": [models.Index(fields=["agent", "at"], name="time_spent_agent")],
            },
        ),
        migrations.CreateModel(
            name="Watcher",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="watchers",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "watcher",
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=["agent", "ticket"],
                        name="watcher_agent",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "agent"), name="watcher_once")
                ],
            },
        ),
        guard.guard("checklist", "checklist"),
        guard.guard("field", "custom_field"),
        guard.guard_child("watcher"),
        guard.guard_child("time_spent"),
        guard.guard_child("checklist_item"),
        guard.guard_child("field_value"),
        guard.guard_child("side_conversation"),
    ]
