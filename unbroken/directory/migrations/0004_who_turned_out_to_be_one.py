"""Expand: into whom a contact or a customer was merged.

Safe while old code runs: yes, both columns may be left out.
Undo: migrate directory to 0003; who was merged stays on record in the events.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _into(model: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        model,
        django.db.models.deletion.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_agreements_of_products_and_customers"),
    ]

    operations = [
        migrations.AddField("contact", "merged_into", _into("directory.contact")),
        migrations.AddField("customer", "merged_into", _into("directory.customer")),
    ]
