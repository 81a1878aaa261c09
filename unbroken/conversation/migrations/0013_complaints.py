"""Expand: who answers for a complaint, who may not end it, and how it was made good.

Safe while the old code still runs: yes, it asks nobody.
Undo: drop the table; complaints are requests like others again.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

NOTHING = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0012_problems"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "barred",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("steps", models.JSONField(default=dict)),
                ("word", models.TextField(default="")),
                ("word_at", models.DateTimeField(null=True)),
                ("lesson_id", models.BigIntegerField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=NOTHING, related_name="+", to="staffing.agent"
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=NOTHING, related_name="+", to="conversation.troubleticket"
                    ),
                ),
            ],
            options={"db_table": "complaint"},
        ),
        guard.guard("complaint", "complaint"),
    ]
