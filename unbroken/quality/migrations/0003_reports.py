"""Expand: reports that people keep, who wants them by mail, and what they came to.

Safe while old code runs: yes, nothing reads it yet.
Undo: migrate quality to 0002; saved reports and their mails are lost.
"""

import django.db.models.deletion
from django.db import migrations, models

KEEP = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    dependencies = [("quality", "0002_wall_screens")]

    operations = [
        migrations.CreateModel(
            name="SavedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("asked", models.JSONField(default=dict)),
                ("scope", models.TextField(default="mine")),
                ("made_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(on_delete=KEEP, related_name="+", to="staffing.agent"),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=KEEP, related_name="+", to="staffing.team"
                    ),
                ),
            ],
            options={"db_table": "saved_report"},
        ),
        migrations.CreateModel(
            name="ReportAnswer",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("asked", models.JSONField(default=dict)),
                ("sight", models.JSONField(default=dict)),
                ("state", models.TextField()),
                ("rows", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "report_answer",
                "indexes": [models.Index(fields=["made_at"], name="report_answer_made")],
            },
        ),
        migrations.CreateModel(
            name="ReportMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("every", models.TextField()),
                ("last_period", models.TextField(default="")),
                (
                    "agent",
                    models.ForeignKey(on_delete=KEEP, related_name="+", to="staffing.agent"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=KEEP, related_name="mails", to="quality.savedreport"
                    ),
                ),
            ],
            options={
                "db_table": "report_mail",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "agent"), name="report_mail_once")
                ],
            },
        ),
    ]
