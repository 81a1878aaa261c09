"""Expand: what each ticket amounts to, and the sums by day.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate quality to zero; nothing of the record is lost, `figures rebuild` counts it anew.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

ID = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("promise", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="TicketMeasure",
            fields=[
                ("ticket_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("team", models.BigIntegerField()),
                ("topic", models.BigIntegerField()),
                ("channel", models.TextField()),
                ("priority", models.TextField()),
                ("first_answer_seconds", models.FloatField(null=True)),
                ("resolve_seconds", models.FloatField(null=True)),
                ("answers", models.IntegerField()),
                ("reopened", models.IntegerField()),
                ("kept", models.IntegerField()),
                ("missed", models.IntegerField()),
                ("first_contact", models.BooleanField()),
            ],
            options={"db_table": "ticket_measure"},
        ),
        migrations.CreateModel(
            name="TicketFigure",
            fields=[
                ID,
                ("ticket_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("figure", models.TextField()),
                ("agent", models.BigIntegerField()),
                ("amount", models.IntegerField()),
            ],
            options={
                "db_table": "ticket_figure",
                "indexes": [
                    models.Index(fields=["figure", "day", "ticket_id"], name="ticket_figure_day"),
                    models.Index(
                        condition=models.Q(("agent__gt", 0)),
                        fields=["agent", "day"],
                        name="ticket_figure_agent",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket_id", "day", "figure", "agent"), name="ticket_figure_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DayFigure",
            fields=[
                ID,
                ("figure", models.TextField()),
                ("day", models.DateField()),
                ("team", models.BigIntegerField()),
                ("topic", models.BigIntegerField()),
                ("channel", models.TextField()),
                ("priority", models.TextField()),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "day_figure",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figure", "day", "team", "topic", "channel", "priority"),
                        name="day_figure_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UncountedTicket",
            fields=[("ticket_id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "uncounted_ticket"},
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("upto", models.BigIntegerField()),
            ],
            options={"db_table": "quality_progress"},
        ),
        migrations.CreateModel(
            name="FigureCheck",
            fields=[
                ID,
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.BigIntegerField(default=0)),
                ("looked_at", models.IntegerField(default=0)),
                ("differed", models.IntegerField(default=0)),
                (
                    "tickets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), default=list, size=None
                    ),
                ),
            ],
            options={"db_table": "figure_check"},
        ),
    ]
