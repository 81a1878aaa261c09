"""Expand: the keys of other systems belong to this room, and when each was last used.

The table of the keys is made by the API's first migration and stays as it is: only who speaks for
it changes. Safe while the old code still runs: yes, it finds its table where it was.
Undo: migrate api to 0001, then staffing to 0008; when keys were last used is lost.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staffing", "0008_plans_and_swaps")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("version", models.IntegerField(default=0)),
                        ("changed_at", models.DateTimeField()),
                        ("name", models.TextField()),
                        ("hash", models.BinaryField(max_length=32)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), default=list, size=None
                            ),
                        ),
                        (
                            "team_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(null=True)),
                    ],
                    options={"db_table": "api_token"},
                )
            ]
        ),
        migrations.CreateModel(
            name="TokenUse",
            fields=[
                ("token_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "token_use"},
        ),
    ]
