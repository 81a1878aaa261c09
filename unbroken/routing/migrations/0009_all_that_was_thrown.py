"""Expand: of what was foreseen, all that was thrown, so that a rank can be told, not a factor.

Safe while old code runs: yes, the database fills the column where old code does not.
Undo: migrate routing to 0008; trust is learned anew from what is told then.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0008_escalation"),
    ]

    operations = [
        migrations.AddField(
            model_name="foreseen",
            name="first_curve",
            field=models.JSONField(default=list, db_default=models.Value([], models.JSONField())),
        ),
    ]
