"""Expand: what it really was, beside what the verdict had said.

Safe while old code runs: yes, a table of its own that nothing else reads.
Undo: migrate evidence to 0010; verdicts go back to the odds of the trade.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0010_ageing_lists")]

    operations = [
        migrations.CreateModel(
            "CauseOutcome",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("problem_id", models.BigIntegerField(null=True)),
                ("service", models.TextField(default="", blank=True)),
                ("access", models.TextField(default="", blank=True)),
                ("kind", models.TextField(default="", blank=True)),
                ("cause", models.TextField()),
                ("said", models.TextField(default="", blank=True)),
                ("certainty", models.FloatField(null=True)),
                ("how", models.TextField()),
                ("weight", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "cause_outcome",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["ticket_id"],
                        condition=models.Q(ticket_id__isnull=False),
                        name="cause_outcome_ticket",
                    ),
                    models.UniqueConstraint(
                        fields=["problem_id"],
                        condition=models.Q(ticket_id__isnull=True),
                        name="cause_outcome_problem",
                    ),
                ],
                "indexes": [models.Index(fields=["at"], name="cause_outcome_at")],
            },
        ),
    ]
