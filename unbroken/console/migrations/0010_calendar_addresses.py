"""Expand: which edition of their calendar's address an agent uses; none or below zero: no address.

Safe while the old code still runs: yes, the new column has a default in the database.
Undo: migrate console to 0009; calendars that were subscribed to are not found any more.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0009_legs_that_ring")]

    operations = [
        migrations.AddField(
            "habit", "calendar_edition", models.IntegerField(default=0, db_default=0)
        ),
    ]
