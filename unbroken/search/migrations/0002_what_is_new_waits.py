"""Expand: a ticket that waits for the index says whether all of it is to be indexed anew.

Safe while old code runs: yes, what old code puts aside is indexed whole, as before.
Undo: drop the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_first_tables")]
    operations = [
        migrations.AddField(
            "staleticket", "whole", models.BooleanField(default=True, db_default=True)
        ),
    ]
