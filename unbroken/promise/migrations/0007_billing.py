"""Expand: whether billing knows of a credit; a clock's pauses, to be drawn.

Safe while old code runs: yes, it tells nobody, and draws bars without pauses.
Undo: drop the table; with the setting in place every later credit is told again, under its own key.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0006_within_the_house"),
    ]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="pauses",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name="CreditTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("credit_id", models.BigIntegerField()),
                ("state", models.TextField()),
                ("told_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": "credit_told",
                "constraints": [
                    models.UniqueConstraint(fields=("credit_id", "state"), name="credit_told_once")
                ],
            },
        ),
    ]
