"""Expand: how somebody wants news of trouble and of planned work.

Safe while old code runs: yes, it mails as before.
Undo: migrate directory to 0006.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_who_is_named_for_them")]

    operations = [
        migrations.AddField(
            "contact", "news_by", models.TextField(default="mail", db_default="mail")
        ),
    ]
