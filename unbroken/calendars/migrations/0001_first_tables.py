"""Expand: calendars and sets of holidays.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate calendars to zero.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [("ground", "0001_the_ground")]

    operations = [
        migrations.CreateModel(
            name="HolidaySet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                (
                    "dates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={"db_table": "holiday_set"},
        ),
        migrations.CreateModel(
            name="WorkingCalendar",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("definition", models.JSONField()),
                (
                    "holiday_sets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={"db_table": "working_calendar"},
        ),
        guard.guard("holiday_set", "holiday_set"),
        guard.guard("calendar", "working_calendar"),
    ]
