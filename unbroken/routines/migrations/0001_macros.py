"""Expand: macros.

Safe while the old code runs: yes, nothing stood here before.
Undo: migrate routines to zero.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Macro",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("definition", models.JSONField(default=dict)),
                ("position", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "macro"},
        ),
        guard.guard("macro", "macro"),
    ]
