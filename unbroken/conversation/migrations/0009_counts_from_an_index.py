"""Expand: what is in somebody's hands is counted from the index alone, not from their requests.

Safe while the old code still runs: yes; the new index does all that `ticket_open_mine` did.
Undo: migrate conversation to 0008; the counts read the requests again.
"""

from django.db import migrations, models

OPEN = models.Q(status__in=["acknowledged", "held", "inProgress", "pending"])


class Migration(migrations.Migration):
    dependencies = [("conversation", "0008_highlights")]

    operations = [
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=OPEN,
                fields=["assignee", "id"],
                include=("status", "team", "sleep"),
                name="ticket_open_hands",
            ),
        ),
        migrations.RemoveIndex(model_name="troubleticket", name="ticket_open_mine"),
    ]
