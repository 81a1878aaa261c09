"""Expand: orders that wait until somebody of the customer's company agrees.

Safe while the old code still runs: yes, the table is new.
Undo: migrate conversation to 0005; what was decided stays in the log.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

NOTHING = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0005_beside_the_conversation"),
        ("directory", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("limit", models.DecimalField(decimal_places=2, max_digits=12)),
                ("asked_at", models.DateTimeField()),
                ("remind_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField()),
                ("decision", models.TextField(default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("words_id", models.BigIntegerField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=NOTHING,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=NOTHING,
                        related_name="approvals",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={"db_table": "approval"},
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(decision=""), fields=("ticket",), name="approval_one_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(
                condition=models.Q(decision=""), fields=["ends_at"], name="approval_waits"
            ),
        ),
        guard.guard_child("approval"),
    ]
