"""Expand: which requests belong to a problem that many share.

Safe while the old code still runs: yes, it asks nobody.
Undo: drop the table; requests and problems know nothing of each other.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0011_who_may_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="TicketProblem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("problem", models.BigIntegerField()),
                ("joined_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="problems",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={
                "db_table": "ticket_problem",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(ended_at__isnull=True),
                        fields=["ticket"],
                        name="ticket_problem_one",
                    )
                ],
                "indexes": [
                    models.Index(fields=["ticket", "problem"], name="ticket_problem_ticket"),
                    models.Index(
                        condition=Q(ended_at__isnull=True),
                        fields=["problem", "ticket"],
                        name="ticket_problem_joined",
                    ),
                ],
            },
        ),
        guard.guard_child("ticket_problem"),
    ]
