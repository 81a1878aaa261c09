"""Expand: how often a rule failed when its time had come.

Safe while the old code still runs: yes, the column has a default.
Undo: drop the column; the next look begins to count anew.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routines", "0003_recurring_tickets")]

    operations = [
        migrations.AddField(
            model_name="rulewait",
            name="attempts",
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
