"""Expand: answers drawn to be read again, and what their reviewers say.

Safe while old code runs: yes, nothing reads it yet.
Undo: migrate quality to 0004; reviews are lost.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

KEEP = django.db.models.deletion.DO_NOTHING


def _key(to: str, *, null: bool = False) -> Any:
    return models.ForeignKey(on_delete=KEEP, related_name="+", to=to, null=null)


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0004_report_failures"),
        ("conversation", "0001_first_tables"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("drawn_at", models.DateTimeField()),
                ("mark", models.SmallIntegerField(null=True)),
                ("words_id", models.BigIntegerField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ticket", _key("conversation.troubleticket")),
                ("message", _key("conversation.message")),
                ("writer", _key("staffing.agent")),
                ("reviewer", _key("staffing.agent", null=True)),
            ],
            options={
                "db_table": "answer_review",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("writer", "day"), name="answer_review_once_a_day"
                    )
                ],
            },
        ),
        guard.guard("review", "answer_review"),
    ]
