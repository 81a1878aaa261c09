"""Expand: what a screen on a wall shows, a board or the network.

Safe while the old code runs: yes, it shows boards as before, and one of the network as nothing.
Undo: drop the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality", "0006_how_promises_ended")]

    operations = [
        migrations.AddField(
            model_name="wallscreen",
            name="shows",
            field=models.TextField(db_default="board", default="board"),
        ),
    ]
