"""Expand: who was called by name in a note, and drafts that colleagues may take over.

Safe while the old code still runs: yes; the table is new and the columns may be empty.
Undo: migrate conversation to 0003; calls by name and shared drafts are forgotten, notes stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0003_tickets_that_sleep"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
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
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.message",
                    ),
                ),
            ],
            options={"db_table": "mention"},
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("message", "agent"), name="mention_once"),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["agent", "-at"], name="mention_agent"),
        ),
        migrations.AddField(
            model_name="draft", name="shared_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="draft",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="staffing.agent",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(shared_at__isnull=False), fields=["ticket"], name="draft_shared"
            ),
        ),
    ]
