"""Expand: who was chosen to get a copy of an answer that is being written.

Safe while the old code still runs: yes, the column has a default in the database.
Undo: migrate conversation to 0009; who was chosen is chosen again by hand.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversation", "0009_counts_from_an_index")]

    operations = [
        migrations.AddField("draft", "copies", models.JSONField(default=list, db_default=[])),
    ]
