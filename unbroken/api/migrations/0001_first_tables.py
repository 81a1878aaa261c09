"""Expand: tokens of other systems, and answers already given.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate api to zero.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ground", "0001_the_ground"),
    ]

    operations = [
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
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BinaryField(max_length=32)),
                ("asked", models.BinaryField(max_length=32)),
                ("answer", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="api.apitoken",
                    ),
                ),
            ],
            options={
                "db_table": "api_answered",
                "constraints": [
                    models.UniqueConstraint(fields=("token", "key"), name="api_answered_once")
                ],
                "indexes": [models.Index(fields=["at"], name="api_answered_at")],
            },
        ),
        guard.guard("token", "api_token"),
    ]
