"""Expand: what was learned of how long requests take.

Safe while old code runs: yes, a new table that old code does not know.
Undo: migrate routing to 0002; it is learned anew from the record.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0002_queues_in_three_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Learned",
            fields=[
                ("what", models.TextField(primary_key=True, serialize=False)),
                ("learned_at", models.DateTimeField()),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "routing_learned",
            },
        ),
    ]
