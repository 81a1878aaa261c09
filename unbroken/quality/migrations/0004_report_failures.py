"""Expand: how often the mail of a report failed, and since when it is tried no more.

Safe while the old code still runs: yes, the columns may be empty or have a default.
Undo: migrate quality to 0003; what was switched off is tried again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality", "0003_reports")]

    operations = [
        migrations.AddField("reportmail", "failures", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("reportmail", "failed_at", models.DateTimeField(null=True)),
        migrations.AddField("reportmail", "stopped_at", models.DateTimeField(null=True)),
    ]
