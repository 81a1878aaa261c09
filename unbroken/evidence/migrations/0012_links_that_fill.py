"""Expand: busy hours of links, weekly lists of those that fill up, and who plans for them.

Safe while old code runs: yes, it does not know the tables.
Undo: migrate evidence to 0011; what readings are still kept is added up again.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0011_outcomes")]

    operations = [
        migrations.CreateModel(
            name="LinkWeek",
            fields=[
                ("id", ID),
                ("link", models.TextField()),
                ("service_id", models.BigIntegerField(null=True)),
                ("monday", models.DateField()),
                ("kbit", models.BigIntegerField()),
                ("shares", django.contrib.postgres.fields.ArrayField(
                    base_field=models.FloatField(null=True), size=7)),
            ],
            options={
                "db_table": "link_week",
                "indexes": [models.Index(fields=["monday"], name="link_week_monday")],
                "constraints": [
                    models.UniqueConstraint(fields=("link", "monday"), name="link_week_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FillingList",
            fields=[
                ("id", ID),
                ("monday", models.DateField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("is_backcast", models.BooleanField(default=False)),
                ("links", models.IntegerField(default=0)),
                ("looked_at", models.IntegerField(default=0)),
                ("calm", models.IntegerField(default=0)),
            ],
            options={"db_table": "filling_list"},
        ),
        migrations.CreateModel(
            name="FillingPlanners",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("team_id", models.BigIntegerField()),
            ],
            options={"db_table": "filling_planners"},
        ),
        migrations.CreateModel(
            name="FillingLink",
            fields=[
                ("id", ID),
                ("link", models.TextField()),
                ("service_id", models.BigIntegerField(null=True)),
                ("services", models.IntegerField(default=1)),
                ("kbit", models.BigIntegerField()),
                ("level", models.FloatField()),
                ("a_week", models.FloatField()),
                ("is_full", models.BooleanField(default=False)),
                ("soonest", models.IntegerField(null=True)),
                ("likely", models.IntegerField(null=True)),
                ("latest", models.IntegerField(null=True)),
                ("quarter", models.FloatField()),
                ("weeks", models.JSONField()),
                ("fan", models.JSONField()),
                ("became", models.TextField(default="open")),
                ("became_on", models.DateField(null=True)),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("list", models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+", to="evidence.fillinglist")),
            ],
            options={
                "db_table": "filling_link",
                "indexes": [
                    models.Index(fields=["link"], name="filling_link_link"),
                    models.Index(condition=models.Q(("service_id__isnull", False)),
                                 fields=["service_id"], name="filling_link_service"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("list", "link"), name="filling_link_once")
                ],
            },
        ),
    ]  # fmt: skip
