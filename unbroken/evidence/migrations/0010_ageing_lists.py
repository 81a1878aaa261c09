"""Expand: weekly lists of lines that will soon fail, and who gets them by mail.

Safe while old code runs: yes, it does not know the tables.
Undo: migrate evidence to 0009; the lists are made again from the records.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0009_thinned_readings")]

    operations = [
        migrations.CreateModel(
            name="AgeingList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("monday", models.DateField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("is_backcast", models.BooleanField(default=False)),
                ("lines", models.IntegerField(default=0)),
                ("looked_at", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("foreseen", models.IntegerField(default=0)),
            ],
            options={"db_table": "ageing_list"},
        ),
        migrations.CreateModel(
            name="AgeingMail",
            fields=[
                ("agent_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last_monday", models.DateField(null=True)),
            ],
            options={"db_table": "ageing_mail"},
        ),
        migrations.CreateModel(
            name="AgeingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("service_id", models.BigIntegerField()),
                ("service", models.TextField()),
                ("resource", models.TextField()),
                ("element", models.TextField(default="")),
                ("place", models.TextField(default="")),
                ("owner", models.TextField(default="us")),
                ("chance", models.FloatField()),
                ("signs", models.JSONField()),
                ("became", models.TextField(default="open")),
                ("became_on", models.DateField(null=True)),
                ("reports", models.IntegerField(default=0)),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("list", models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+", to="evidence.ageinglist")),
            ],
            options={
                "db_table": "ageing_line",
                "indexes": [
                    models.Index(fields=["service_id"], name="ageing_line_service"),
                    models.Index(condition=models.Q(("ticket_id__isnull", False)),
                                 fields=["ticket_id"], name="ageing_line_ticket"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("list", "service_id"),
                                            name="ageing_line_once")
                ],
            },
        ),
    ]  # fmt: skip
