"""Expand: a product may say how much it gives and what it costs, so that the next size is known.

Safe while old code runs: yes, the columns may be left out.
Undo: migrate directory to 0004; no next size is offered then.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_who_turned_out_to_be_one")]

    operations = [
        migrations.AddField("product", "down_kbit", models.PositiveBigIntegerField(null=True)),
        migrations.AddField(
            "product",
            "monthly_price",
            models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            "product", "currency", models.TextField(blank=True, default="", db_default="")
        ),
    ]
