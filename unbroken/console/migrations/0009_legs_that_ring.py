"""Expand: which leg an agent was last warned of.

Safe while the old code still runs: yes, the column may be empty.
Undo: migrate console to 0008; a leg at risk may ring once more.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0008_saml_questions")]

    operations = [
        migrations.AddField("ring", "leg_due_at", models.DateTimeField(null=True)),
    ]
