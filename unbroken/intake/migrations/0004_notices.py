"""Expand: news to many, and the letter to each.

Safe while old code runs: yes, it tells nobody of a problem.
Undo: migrate intake to 0003.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_carrier_notices")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("problem", models.BigIntegerField()),
                ("event", models.BigIntegerField(unique=True)),
                ("message", models.TextField()),
                ("step", models.TextField(default="")),
                ("state", models.TextField(default="going")),
                ("words_id", models.BigIntegerField(null=True)),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("letters", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "notice",
                "indexes": [models.Index(fields=["problem", "message"], name="notice_problem")],
            },
        ),
        migrations.CreateModel(
            name="NoticeLetter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("contact", models.BigIntegerField()),
                ("customer", models.BigIntegerField()),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("channel", models.TextField(default="mail")),
                ("language", models.TextField()),
                ("timezone", models.TextField(default="")),
                ("state", models.TextField(default="waiting")),
                ("why", models.TextField(default="")),
                ("not_before", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="intake.notice",
                    ),
                ),
            ],
            options={
                "db_table": "notice_letter",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["not_before"],
                        name="notice_letter_due",
                    ),
                    models.Index(fields=["contact"], name="notice_letter_contact"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "contact"), name="notice_letter_once")
                ],
            },
        ),
        guard.guard("notice", "notice"),
        guard.guard("notice_letter", "notice_letter"),
    ]
