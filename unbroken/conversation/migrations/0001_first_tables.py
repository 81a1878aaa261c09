"""Expand: tickets, messages, participants, links, deliveries and the working state beside them.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate conversation to zero.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

FIRST_NUMBER = 100001


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_first_tables"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="PriorityMatrix",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("cells", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "priority_matrix",
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("names", models.JSONField(default=dict)),
                (
                    "hints",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("ticket_type", models.TextField(default="")),
                ("position", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="children",
                        to="conversation.topic",
                    ),
                ),
            ],
            options={
                "db_table": "topic",
            },
        ),
        migrations.CreateModel(
            name="TroubleTicket",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("ticket_type", models.TextField(default="request")),
                ("status", models.TextField(default="acknowledged")),
                ("waiting_for", models.TextField(default="")),
                ("pending_until", models.DateTimeField(null=True)),
                ("impact", models.TextField(default="medium")),
                ("urgency", models.TextField(default="medium")),
                ("priority", models.TextField(default="moderate")),
                ("channel", models.TextField()),
                ("mailbox", models.TextField(default="")),
                ("language", models.TextField(default="en")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("external_id", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("reported_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("customer_wrote_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("imported", models.BooleanField(default=False)),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.customer",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.team",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.topic",
                    ),
                ),
            ],
            options={
                "db_table": "trouble_ticket",
            },
        ),
        migrations.CreateModel(
            name="TicketRelationship",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("kind", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="related_by",
                        to="conversation.troubleticket",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="relationships",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "ticket_relationship",
            },
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.IntegerField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "read_mark",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("role", models.TextField()),
                ("confirmed", models.BooleanField(default=False)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="participants",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "participant",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("kind", models.TextField(default="message")),
                ("direction", models.TextField()),
                ("audience", models.TextField()),
                ("author", models.TextField()),
                ("channel", models.TextField()),
                ("at", models.DateTimeField()),
                ("subject", models.TextField(default="")),
                ("from_name", models.TextField(default="")),
                ("from_address", models.TextField(default="")),
                ("to", models.JSONField(default=list)),
                ("cc", models.JSONField(default=list)),
                ("message_id", models.TextField(default="")),
                ("words_id", models.BigIntegerField(null=True)),
                ("quoted_id", models.BigIntegerField(null=True)),
                ("intake_id", models.BigIntegerField(null=True)),
                ("sha256", models.BinaryField(max_length=32, null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(default="")),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="messages",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "message",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mode", models.TextField()),
                ("text", models.TextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "draft",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("channel", models.TextField()),
                ("kind", models.TextField()),
                ("to", models.JSONField(default=list)),
                ("cc", models.JSONField(default=list)),
                ("state", models.TextField(default="waiting")),
                ("not_before", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.TextField(default="")),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deliveries",
                        to="conversation.message",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "delivery",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("name", models.TextField()),
                ("original_name", models.TextField(default="")),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("inline", models.BooleanField(default=False)),
                ("content_id", models.TextField(default="")),
                ("held", models.TextField(default="")),
                ("intake_id", models.BigIntegerField(null=True)),
                ("part", models.TextField(default="")),
                ("blob_id", models.BigIntegerField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="attachments",
                        to="conversation.message",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "attachment",
            },
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ["acknowledged", "held", "inProgress", "pending"])
                ),
                fields=["team", "id"],
                name="ticket_open_team",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ["acknowledged", "held", "inProgress", "pending"])
                ),
                fields=["assignee", "id"],
                name="ticket_open_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(fields=["customer", "-id"], name="ticket_customer"),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(fields=["contact", "-id"], name="ticket_contact"),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ["acknowledged", "held", "inProgress", "pending"])
                ),
                fields=["id"],
                name="ticket_open",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(("pending_until__isnull", False)),
                fields=["pending_until"],
                name="ticket_pending_until",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=["external_id"],
                name="ticket_external",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="ticket_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="ticket_tags"),
        ),
        migrations.AddIndex(
            model_name="ticketrelationship",
            index=models.Index(fields=["other", "kind"], name="relationship_other"),
        ),
        migrations.AddConstraint(
            model_name="ticketrelationship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("ticket", "other", "kind"),
                name="relationship_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="readmark",
            constraint=models.UniqueConstraint(fields=("agent", "ticket"), name="read_mark_once"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["contact"], name="participant_contact"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("ticket", "contact"), name="participant_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("intake_id__isnull", False)),
                fields=["intake_id"],
                name="message_intake",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["ticket", "version"], name="message_ticket"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("agent", "ticket", "mode"), name="draft_once"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["message"], name="delivery_message"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["ticket", "id"], name="delivery_ticket"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["not_before"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["message"], name="attachment_message"),
        ),
        migrations.RunSQL(
            f"ALTER TABLE trouble_ticket ALTER COLUMN id RESTART WITH {FIRST_NUMBER}",
            migrations.RunSQL.noop,
        ),
        guard.guard("topic", "topic"),
        guard.guard("priority_matrix", "priority_matrix"),
        guard.guard("ticket", "trouble_ticket"),
        guard.guard_child("message"),
        guard.guard_child("attachment"),
        guard.guard_child("participant"),
        guard.guard_child("ticket_relationship"),
        guard.guard_child("delivery"),
    ]
