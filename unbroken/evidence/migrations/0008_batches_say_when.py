"""Expand: a batch of raw records from a file says from when to when its records arrived.

So that the packets behind a session are found without reading every batch.
Safe while old code runs: yes, the columns may be empty (a door's batch arrived when it was taken).
Undo: migrate evidence to 0007; nothing else reads them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_silences")]

    operations = [
        migrations.AddField("radiusbatch", "arrived_since", models.DateTimeField(null=True)),
        migrations.AddField("radiusbatch", "arrived_until", models.DateTimeField(null=True)),
    ]
