"""Expand: who of us is named for a customer.

Safe while the old code still runs: yes, nobody is where nothing is said.
Undo: drop the column; routing then gives their work as it gives all other.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_sizes_of_products"),
    ]

    operations = [
        migrations.AddField(
            "customer", "engineer", models.BigIntegerField(default=0, db_default=0)
        ),
    ]
