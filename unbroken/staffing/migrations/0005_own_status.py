"""Expand: a short text of one's own beside who is here; "busy" is told apart.

Safe while the old code still runs: yes, the column has a default and old states stay known.
Undo: drop the column; nothing is built on it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staffing", "0004_traces")]

    operations = [
        migrations.AddField(
            model_name="presence", name="words", field=models.TextField(default="", db_default="")
        ),
        migrations.RunSQL(
            "UPDATE presence SET state = 'writing' WHERE state = 'busy'", migrations.RunSQL.noop
        ),
    ]
