"""Expand: tickets that are made again and again.

Safe while the old code still runs: yes, nothing stood here before.
Undo: migrate routines to 0002.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("routines", "0002_rules")]

    operations = [
        migrations.CreateModel(
            name="Recurrence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("definition", models.JSONField(default=dict)),
                ("active", models.BooleanField(default=True)),
                ("next_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "recurrence",
                "indexes": [
                    models.Index(
                        condition=models.Q(("active", True), ("next_at__isnull", False)),
                        fields=["next_at"],
                        name="recurrence_next",
                    )
                ],
            },
        ),
        guard.guard("recurrence", "recurrence"),
    ]
