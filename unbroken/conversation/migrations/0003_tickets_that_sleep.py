"""Expand: a ticket may sleep, out of the lists, until a time or the customer's answer.

Safe while the old code still runs: yes; it leaves the new columns as they are.
Undo: migrate conversation to 0002; whoever slept is awake.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversation", "0002_lists_read_from_an_index")]

    operations = [
        migrations.AddField(
            model_name="troubleticket",
            name="sleep",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="troubleticket",
            name="sleeps_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="troubleticket",
            name="back_version",
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=models.Q(("sleep", ""), _negated=True),
                fields=["sleeps_until", "id"],
                name="ticket_asleep",
            ),
        ),
    ]
