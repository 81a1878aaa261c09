"""Expand: what an agent wants by mail, and what a mail has told them already.

Safe while the old code still runs: yes, every new column has a default in the database.
Undo: migrate console to 0006; only what agents chose is lost.
"""

from __future__ import annotations

from django.db import migrations, models


def _yes_or_no(*, default: bool) -> models.BooleanField[bool, bool]:
    return models.BooleanField(default=default, db_default=default)


class Migration(migrations.Migration):
    dependencies = [("console", "0006_who_looks")]

    operations = [
        migrations.AddField("habit", "mails_given", _yes_or_no(default=True)),
        migrations.AddField("habit", "mails_wrote", _yes_or_no(default=True)),
        migrations.AddField("habit", "mails_called", _yes_or_no(default=True)),
        migrations.AddField("habit", "mails_always", _yes_or_no(default=False)),
        migrations.AddField("ring", "mailed_id", models.BigIntegerField(default=0, db_default=0)),
    ]
