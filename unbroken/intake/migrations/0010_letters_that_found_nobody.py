"""Expand: why news went another way than its reader had chosen.

Safe while old code runs: yes, it mails as before.
Undo: migrate intake to 0009.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_status_readers")]

    operations = [
        migrations.AddField(
            "noticeletter", "fell_back", models.TextField(default="", db_default="")
        ),
    ]
