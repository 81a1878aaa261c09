"""Expand: whether somebody who takes part wants mail about it.

Safe while the old code still runs: yes, everybody follows unless they said otherwise.
Undo: drop the column; everybody gets every mail again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0006_approvals"),
    ]

    operations = [
        migrations.AddField(
            "participant", "follows", models.BooleanField(default=True, db_default=True)
        ),
    ]
