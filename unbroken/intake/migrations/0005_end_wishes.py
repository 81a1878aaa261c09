"""Expand: who asked to be told when a problem is over.

Safe while old code runs: yes, it tells those who were told before.
Undo: migrate intake to 0004.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_notices")]

    operations = [
        migrations.CreateModel(
            name="EndWish",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("problem", models.BigIntegerField()),
                ("contact", models.BigIntegerField()),
                ("service", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "end_wish",
                "constraints": [
                    models.UniqueConstraint(fields=("problem", "contact"), name="end_wish_once")
                ],
            },
        ),
        guard.guard("end_wish", "end_wish"),
    ]
