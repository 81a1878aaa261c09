"""Expand: what is in somebody's hands is counted from the index alone, not from their requests.

Built while everybody works on; what a broken-off try left behind goes first. Safe while the old
code still runs: yes; the new index does all that `ticket_open_mine` did.
Undo: migrate conversation to 0008; the counts read the requests again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from unbroken.ground import guard

OPEN = models.Q(status__in=["acknowledged", "held", "inProgress", "pending"])
COVERED = models.Index(
    condition=OPEN,
    fields=["assignee", "id"],
    include=("status", "team", "sleep"),
    name="ticket_open_hands",
)
CLEARED = "DROP INDEX CONCURRENTLY IF EXISTS ticket_open_hands"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversation", "0008_highlights")]

    operations = guard.unhurried(
        migrations.RunSQL(CLEARED, migrations.RunSQL.noop),
        AddIndexConcurrently("troubleticket", COVERED),
        RemoveIndexConcurrently("troubleticket", "ticket_open_mine"),
    )
