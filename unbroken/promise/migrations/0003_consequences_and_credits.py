"""Expand: what follows from a missed promise, the credits booked for it, and what excuses it.

Safe while old code runs: yes, old code neither reads the tables nor the columns.
Undo: migrate promise to 0002; every credit and every rule for one is lost.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0002_nightly_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follows",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("agreement", models.TextField()),
                ("measure", models.TextField()),
                ("kind", models.TextField()),
                ("settings", models.JSONField(default=dict)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("source", models.TextField(default="")),
                ("mark", models.TextField(default="")),
                ("is_on", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "consequence",
                "indexes": [
                    models.Index(fields=["agreement", "measure"], name="consequence_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "violation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="credits",
                        to="promise.violation",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="credits",
                        to="promise.follows",
                    ),
                ),
                ("step", models.IntegerField()),
                ("ticket_id", models.BigIntegerField()),
                ("customer_id", models.BigIntegerField(null=True)),
                ("service_id", models.BigIntegerField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("currency", models.TextField()),
                ("state", models.TextField()),
                ("booked_at", models.DateTimeField()),
                ("reason_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "credit",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("violation", "rule", "step"), name="credit_once"
                    )
                ],
                "indexes": [
                    models.Index(fields=["booked_at", "id"], name="credit_by_time"),
                    models.Index(fields=["ticket_id"], name="credit_of_ticket"),
                ],
            },
        ),
        migrations.AddField("violation", "excuse", models.TextField(default="", db_default="")),
        migrations.AddField("violation", "evidence", models.BigIntegerField(null=True)),
        guard.guard("consequence", "consequence"),
        guard.guard("credit", "credit"),
    ]
