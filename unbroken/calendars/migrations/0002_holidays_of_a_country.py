"""Expand: of which country and region a set of holidays is.

Safe while old code runs: yes, both columns may be empty and old code writes neither.
Undo: migrate calendars to 0001; the sets keep the days they have.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="holidayset",
            name="country",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="holidayset",
            name="region",
            field=models.TextField(db_default="", default=""),
        ),
    ]
