"""Expand: whoever wants the status page by mail.

Safe while old code runs: yes, it knows nothing of the new table.
Undo: migrate intake to 0008; whoever subscribed is forgotten.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_news_of_plans")]

    operations = [
        migrations.CreateModel(
            name="StatusReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.TextField()),
                ("language", models.TextField(default="en")),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("told", models.JSONField(default=dict)),
                ("telling", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField(null=True)),
                ("bounces", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "status_reader",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["address"],
                        condition=models.Q(("address", ""), _negated=True),
                        name="status_reader_once",
                    )
                ],
            },
        ),
    ]
