"""Expand: what the nightly comparison of the clocks with the record found.

Safe while old code runs: yes, a new table that old code does not know.
Undo: migrate promise to 0001; the findings are gone, nothing stands on them.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.BigIntegerField(default=0)),
                ("looked_at", models.IntegerField(default=0)),
                ("differed", models.IntegerField(default=0)),
                (
                    "tickets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "clock_check",
            },
        ),
    ]
