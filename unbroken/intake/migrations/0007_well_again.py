"""Expand: what customers answer when a problem is over.

Safe while old code runs: yes, it asks nobody.
Undo: migrate intake to 0006.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_crew_passes")]

    operations = [
        migrations.CreateModel(
            name="WellAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("problem", models.BigIntegerField()),
                ("contact", models.BigIntegerField()),
                ("letter", models.BigIntegerField()),
                ("says", models.TextField()),
                ("ticket", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "well_answer",
                "constraints": [
                    models.UniqueConstraint(fields=("problem", "contact"), name="well_answer_once")
                ],
            },
        ),
        guard.guard("well_answer", "well_answer"),
    ]
