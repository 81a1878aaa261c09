"""Expand: when open requests will be over, as reckoned last from shifts and queues.

Safe while old code runs: yes, a new table that old code does not know.
Undo: migrate routing to 0006; it is reckoned anew within minutes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0006_queues_for_causes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Foreseen",
            fields=[
                ("ticket_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("version", models.IntegerField()),
                ("team_id", models.BigIntegerField(null=True)),
                ("p50_at", models.DateTimeField()),
                ("p80_at", models.DateTimeField()),
                ("news_p50_at", models.DateTimeField()),
                ("news_p80_at", models.DateTimeField()),
                ("begins_at", models.DateTimeField()),
                ("before", models.IntegerField()),
                ("first_at", models.DateTimeField()),
                ("first_half", models.FloatField()),
                ("first_most", models.FloatField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "routing_foreseen",
                "indexes": [
                    models.Index(fields=["-ended_at"], name="routing_foreseen_ended"),
                ],
            },
        ),
    ]
