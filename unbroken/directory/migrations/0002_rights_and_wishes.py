"""Expand: who manages a company, sees which sites, approves, has left; wishes about mail.

Safe while old code runs: yes, every new column may be left out.
Undo: migrate directory to 0001; who saw what is lost, and everybody of a company sees their own.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            "contact", "manages", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField(
            "contact", "approves", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("contact", "sees", models.TextField(default="own", db_default="own")),
        migrations.AddField(
            "contact", "sites", ArrayField(models.BigIntegerField(), default=list, db_default=[])
        ),
        migrations.AddField(
            "contact",
            "order_limit",
            models.DecimalField(max_digits=12, decimal_places=2, null=True),
        ),
        migrations.AddField("contact", "mails", models.TextField(default="all", db_default="all")),
        migrations.AddField("contact", "left_at", models.DateTimeField(null=True)),
    ]
