"""Expand: how promises and legs ended, when services did not work, who got the month by mail.

Safe while old code runs: yes, it writes none of it. What was counted before is counted again by the
nightly check, or at once by `unbroken figures rebuild`.
Undo: migrate quality to 0005; the record gives all of it back.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0005_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromiseOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ticket_id", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("what", models.TextField()),
                ("cause", models.BigIntegerField()),
                ("day", models.DateField()),
                ("is_kept", models.BooleanField(null=True)),
                ("used_seconds", models.FloatField(null=True)),
                ("wall_seconds", models.FloatField(null=True)),
                ("target_seconds", models.BigIntegerField(null=True)),
                ("agreement", models.TextField()),
                ("team", models.BigIntegerField()),
                ("topic", models.BigIntegerField()),
                ("priority", models.TextField()),
                ("is_outage", models.BooleanField()),
            ],
            options={
                "db_table": "promise_outcome",
                "indexes": [models.Index(fields=["kind", "day"], name="promise_outcome_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket_id", "kind", "what", "cause"), name="promise_outcome_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DownSpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ticket_id", models.BigIntegerField()),
                ("service_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "down_span",
                "indexes": [
                    models.Index(fields=["service_id", "since"], name="down_span_service"),
                    models.Index(fields=["ticket_id"], name="down_span_ticket"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthlyMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agent_id", models.BigIntegerField()),
                ("month", models.TextField()),
            ],
            options={
                "db_table": "monthly_mail",
                "constraints": [
                    models.UniqueConstraint(fields=("agent_id", "month"), name="monthly_mail_once")
                ],
            },
        ),
    ]
