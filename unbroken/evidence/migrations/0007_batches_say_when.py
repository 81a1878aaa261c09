"""Expand: a batch of raw records from a file says from when to when its records arrived.

So that the packets behind a session are found without reading every batch.
Safe while old code runs: yes, the columns may be empty (a door's batch arrived when it was taken).
Undo: migrate evidence to 0006; nothing else reads them.
"""

from django.db import migrations, models

INDEXES = """
CREATE INDEX radius_batch_taken ON radius_batch USING brin (taken_at) WITH (pages_per_range = 16);
CREATE INDEX radius_batch_arrived ON radius_batch (arrived_until) WHERE arrived_until IS NOT NULL;
"""
NO_INDEXES = "DROP INDEX radius_batch_taken, radius_batch_arrived;"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_radacct")]

    operations = [
        migrations.AddField("radiusbatch", "arrived_since", models.DateTimeField(null=True)),
        migrations.AddField("radiusbatch", "arrived_until", models.DateTimeField(null=True)),
        migrations.RunSQL(INDEXES, NO_INDEXES),
    ]
