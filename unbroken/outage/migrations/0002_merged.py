"""Expand: which problem another was but a part of.

Safe while the old code runs: yes, the column may be empty.
Undo: drop the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outage", "0001_problems")]

    operations = [
        migrations.AddField(
            model_name="serviceproblem",
            name="merged_into",
            field=models.BigIntegerField(null=True),
        ),
    ]
