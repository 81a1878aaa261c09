"""Expand: of which promise, foreseen to be missed, the bell rang last.

Safe while the old code still runs: yes, the column may be empty.
Undo: migrate console to 0010; what is foreseen rings once more.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0010_calendar_addresses")]

    operations = [
        migrations.AddField("ring", "foreseen_due_at", models.DateTimeField(null=True)),
    ]
