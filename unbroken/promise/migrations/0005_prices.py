"""Expand: what service costs, named settings of the sliders, agreements sold at a price.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate promise to 0004; costs and prices are lost, the agreements stay.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0004_targets_by_topic"),
    ]

    operations = [
        migrations.CreateModel(
            name="CostSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("values", models.JSONField(default=dict)),
                ("currency", models.TextField(default="EUR")),
            ],
            options={"db_table": "cost_sheet"},
        ),
        migrations.CreateModel(
            name="Mix",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("sliders", models.JSONField(default=dict)),
                ("place", models.IntegerField(default=100)),
                ("is_on", models.BooleanField(default=True)),
            ],
            options={"db_table": "mix"},
        ),
        migrations.CreateModel(
            name="Sale",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("agreement", models.TextField(unique=True)),
                ("agreement_version", models.IntegerField()),
                ("customer_id", models.BigIntegerField(null=True)),
                ("sliders", models.JSONField(default=dict)),
                ("sums", models.JSONField(default=dict)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("currency", models.TextField()),
                ("costs_version", models.IntegerField()),
                ("edition", models.IntegerField()),
                ("sold_at", models.DateTimeField()),
            ],
            options={
                "db_table": "sale",
                "indexes": [models.Index(fields=["customer_id"], name="sale_of_customer")],
            },
        ),
        guard.guard("costs", "cost_sheet"),
        guard.guard("mix", "mix"),
        guard.guard("sale", "sale"),
    ]
