"""Expand: the key of an invitation names the contact that was invited.

Safe while old code runs: yes, the column may be empty.
Undo: drop the column; invitations under way open nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_keys_and_knocks"),
    ]

    operations = [
        migrations.AddField("doorkey", "contact_id", models.BigIntegerField(null=True)),
    ]
