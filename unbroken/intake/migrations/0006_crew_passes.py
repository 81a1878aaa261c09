"""Expand: the links that crews report by.

Safe while old code runs: yes, it makes none.
Undo: migrate intake to 0005.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_end_wishes")]

    operations = [
        migrations.CreateModel(
            name="CrewPass",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("problem", models.BigIntegerField()),
                ("language", models.TextField()),
                ("words_id", models.BigIntegerField(null=True)),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "crew_pass",
                "indexes": [models.Index(fields=["problem"], name="crew_pass_problem")],
            },
        ),
        guard.guard("crew_pass", "crew_pass"),
    ]
