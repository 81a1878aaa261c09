"""Expand: when something came to a door last, and how long it was quiet between two lately.

Safe while old code runs: yes, both columns may be empty; it counts on and leaves them as they are.
Undo: migrate evidence to 0012; nobody is told any more that a door fell silent.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0012_links_that_fill")]

    operations = [
        migrations.AddField("doorcount", "latest_at", models.DateTimeField(null=True)),
        migrations.AddField("doorcount", "pause_seconds", models.FloatField(null=True)),
    ]
