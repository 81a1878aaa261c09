"""Expand: an index of what was done to the desk itself, by time; requests have their own stories.

Built while everybody works on. Safe while the old code still runs: yes, nothing reads it.
Undo: migrate ground to 0002.
"""

from django.db import migrations

from unbroken.ground import guard

# The same words stand in console/audit/queries/lines.sql: only then is the index used.
DEEDS = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS ground_event_deeds ON ground_event (at, id)
WHERE NOT imported AND stream NOT LIKE 'ticket:%' AND stream NOT LIKE 'intake:%'
  AND ("by" LIKE 'agent:%' OR stream NOT LIKE ALL (ARRAY['contact:%', 'customer:%', 'place:%',
                              'product:%', 'service:%', 'resource:%', 'promise:%', 'violation:%']))
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ground", "0002_posting_is_planned_once")]

    operations = guard.unhurried(
        migrations.RunSQL([DEEDS], ["DROP INDEX CONCURRENTLY IF EXISTS ground_event_deeds"])
    )
