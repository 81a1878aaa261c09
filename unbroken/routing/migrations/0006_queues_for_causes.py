"""Expand: queues that are for what was found on the line.

Safe while old code runs: yes, the column has a default in the database and old code writes none.
Undo: migrate routing to 0005; requests go by topic, mailbox and customer again.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0005_the_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="causes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None
            ),
        ),
    ]
