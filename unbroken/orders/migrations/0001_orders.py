"""Expand: orders and their steps.

Safe while the old code runs: yes, nothing stood here before.
Undo: migrate orders to zero.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from unbroken.ground import guard

NOTHING = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("ground", "0001_the_ground"),
        ("directory", "0001_first_tables"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceOrder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("kind", models.TextField()),
                ("product", models.TextField()),
                ("state", models.TextField()),
                ("ordered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=NOTHING, related_name="+",
                                               to="directory.customer")),
                ("service", models.ForeignKey(db_index=False, null=True, on_delete=NOTHING,
                                              related_name="+", to="directory.service")),
            ],
            options={
                "db_table": "service_order",
                "indexes": [
                    models.Index(condition=Q(("ended_at__isnull", True)), fields=["ordered_at"],
                                 name="service_order_open"),
                    models.Index(fields=["ended_at"], name="service_order_ended"),
                ],
            },
        ),
        guard.guard("order", "service_order"),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("place", models.SmallIntegerField()),
                ("key", models.TextField()),
                ("partner", models.TextField(default="")),
                ("part", models.TextField(default="")),
                ("kbit", models.BigIntegerField(null=True)),
                ("promised_at", models.DateTimeField(null=True)),
                ("state", models.TextField()),
                ("done_at", models.DateTimeField(null=True)),
                ("order", models.ForeignKey(on_delete=NOTHING, related_name="steps",
                                            to="orders.serviceorder")),
                ("team", models.ForeignKey(null=True, on_delete=NOTHING, related_name="+",
                                           to="staffing.team")),
            ],
            options={"db_table": "order_step"},
        ),
        guard.guard_child("order_step"),
    ]  # fmt: skip
