"""Expand: a credit that an agent gave by hand follows from no miss and no rule.

Safe while old code runs: yes, it neither lists such credits nor tells billing of them.
Undo: only while no credit was given by hand.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0007_billing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="credit",
            name=name,
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="credits",
                to=f"promise.{model}",
            ),
        )
        for name, model in (("violation", "violation"), ("rule", "follows"))
    ]
