"""Expand: for which reasons only those may hold a request who may stop clocks.

Safe while the old code still runs: yes, it asks nobody.
Undo: drop the table; everybody may give every reason again.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0010_copies_of_a_draft"),
    ]

    operations = [
        migrations.CreateModel(
            name="PauseRules",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "reserved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={"db_table": "pause_rules"},
        ),
        guard.guard("pause_rules", "pause_rules"),
    ]
