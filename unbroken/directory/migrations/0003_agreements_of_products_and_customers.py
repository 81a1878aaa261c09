"""Expand: a product and a customer may name the agreement that they stand under.

Safe while old code runs: yes, both columns may be left out.
Undo: migrate directory to 0002; whoever stood under a product's or their own agreement stands
under the default one.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_rights_and_wishes"),
    ]

    operations = [
        migrations.AddField(
            "customer", "agreement", models.TextField(blank=True, default="", db_default="")
        ),
        migrations.AddField(
            "product", "agreement", models.TextField(blank=True, default="", db_default="")
        ),
    ]
