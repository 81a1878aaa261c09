"""Expand: when those who were still away after the end of a problem were left to themselves.

Safe while the old code runs: yes, the column may be empty.
Undo: drop the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outage", "0003_planned_work")]

    operations = [
        migrations.AddField(
            model_name="serviceproblem",
            name="left_at",
            field=models.DateTimeField(null=True),
        ),
    ]
