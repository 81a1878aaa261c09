"""Expand: a session keeps the Session-Timeout that its NAS told with its records.

Safe while old code runs: yes, the column may be empty.
Undo: migrate evidence to 0002; the raw records still say it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_planned_windows")]

    operations = [
        migrations.AddField("session", "timeout", models.BigIntegerField(null=True)),
    ]
