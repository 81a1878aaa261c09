"""Expand: what came in, the mailboxes, the outbox.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate intake to zero.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("message_id", models.TextField(primary_key=True, serialize=False)),
                ("ticket_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "intake_reference",
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("channel", models.TextField()),
                ("mailbox", models.TextField(default="")),
                ("raw", models.BinaryField(null=True)),
                ("size", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("dedupe", models.BinaryField(max_length=32, null=True, unique=True)),
                ("envelope", models.JSONField(default=dict)),
                ("taken_at", models.DateTimeField()),
                ("outcome", models.TextField(default="")),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("problem", models.TextField(default="")),
                ("erased_at", models.DateTimeField(null=True)),
                ("contact_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "intake",
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["id"], name="intake_unread"
                    ),
                    models.Index(fields=["ticket_id"], name="intake_ticket"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id"],
                        name="intake_contact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("address", models.TextField(unique=True)),
                ("name", models.TextField(default="")),
                ("language", models.TextField(default="en")),
                ("plus_addressing", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("imap", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "mailbox",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="mailbox_one_default",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailboxMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.TextField(default="INBOX")),
                ("uid_validity", models.BigIntegerField(default=0)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("seen_at", models.DateTimeField(null=True)),
                ("error", models.TextField(default="")),
                (
                    "mailbox",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="intake.mailbox",
                    ),
                ),
            ],
            options={
                "db_table": "mailbox_mark",
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("delivery_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("ticket_id", models.BigIntegerField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("queued_at", models.DateTimeField(null=True)),
                ("first_tried_at", models.DateTimeField(null=True)),
                ("error", models.TextField(default="")),
            ],
            options={
                "db_table": "intake_outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("queued_at__isnull", True)),
                        fields=["due_at"],
                        name="outbox_due",
                    ),
                    models.Index(fields=["ticket_id"], name="outbox_ticket"),
                ],
            },
        ),
        guard.guard("intake", "intake"),
        guard.guard("mailbox", "mailbox"),
    ]
