"""Expand: a queue's names by language, its place, whose requests it takes, who else sees them.

Safe while old code runs: yes, each column has a default in the database and old code writes none.
Undo: migrate routing to 0001; queues keep the one name they have.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="names",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="queue",
            name="position",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="queue",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="queue",
            name="seen_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
    ]
