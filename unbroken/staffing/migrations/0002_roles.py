"""Expand: roles, the built-in ones and the desk's own.

Safe while old code runs: yes, the new column may be empty and the old mark is still written.
Undo: migrate staffing to 0001; everybody keeps the old mark.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="role",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                (
                    "allows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "role",
            },
        ),
        guard.guard("role", "role"),
    ]
