"""Expand: how well an agent knows what, which languages they write, what they may grant, how much
at once.

Safe while old code runs: yes, each column has a default in the database and old code writes none.
Undo: migrate staffing to 0009; skills and the language of the screens stay.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staffing", "0009_tokens")]

    operations = [
        migrations.AddField("agent", "levels", models.JSONField(db_default={}, default=dict)),
        migrations.AddField(
            "agent",
            "languages",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField("agent", "grants", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("agent", "capacity", models.JSONField(db_default={}, default=dict)),
    ]
