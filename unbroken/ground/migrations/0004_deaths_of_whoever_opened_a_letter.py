"""Expand: how often whoever opened a letter alone did not come back, apart from its own failures.

Safe while the old code still runs: yes, the column has a default and nothing else reads it.
Undo: migrate ground to 0003; the counts are lost, and no letter.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0003_deeds_by_time")]

    operations = [
        migrations.AddField("Letter", "deaths", models.SmallIntegerField(db_default=0)),
    ]
