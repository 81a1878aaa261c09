"""Expand: what waits for an agent, a row for each of their requests.

Safe while the old code still runs: yes, nobody writes here yet.
Undo: drop the table; it fills again with what happens.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0003_done_to_many_and_habits"),
        ("conversation", "0005_beside_the_conversation"),
        ("staffing", "0004_traces"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ring",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list
                    ),
                ),
                ("at", models.DateTimeField()),
                ("event_id", models.BigIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "ring",
                "constraints": [
                    models.UniqueConstraint(fields=("agent", "ticket"), name="ring_once")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["agent", "-at"],
                        name="ring_waiting",
                    ),
                    models.Index(fields=["seen_at"], name="ring_seen"),
                ],
            },
        ),
    ]
