"""Expand: a plan that was asked for and is not made yet.

Safe while the old code still runs: yes, it writes a time into each plan that it keeps.
Undo: migrate staffing to 0010 after deleting plans without a time.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staffing", "0010_abilities")]

    operations = [
        migrations.AddField("plandraft", "wanted_at", models.DateTimeField(null=True)),
        migrations.AlterField("plandraft", "made_at", models.DateTimeField(null=True)),
    ]
