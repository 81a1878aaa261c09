"""Expand: how somebody wants news of trouble and of planned work.

Safe while old code runs: yes, it mails as before.
Undo: migrate directory to 0004.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_who_turned_out_to_be_one")]

    operations = [
        migrations.AddField(
            "contact", "news_by", models.TextField(default="mail", db_default="mail")
        ),
    ]
