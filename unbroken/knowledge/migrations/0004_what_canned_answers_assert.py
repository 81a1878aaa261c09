"""Expand: which cause a canned answer asserts, so that it can be held against the records.

Safe while old code runs: yes, the column has a default in the database and old code writes none.
Undo: migrate knowledge to 0003; answers are then held against the records by their words alone.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0003_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="cannedanswer",
            name="asserts",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
