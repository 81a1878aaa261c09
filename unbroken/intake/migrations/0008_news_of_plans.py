"""Expand: news to many may be about planned work of ours.

Safe while old code runs: yes, it makes none and skips those without a problem.
Undo: migrate intake to 0007.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_well_again")]

    operations = [
        migrations.AddField("notice", "plan", models.BigIntegerField(default=0, db_default=0)),
    ]
