"""Expand: how a queue's work is given to people, and when each was given something last.

Safe while old code runs: yes, each column has a default in the database, the table is new.
Undo: migrate routing to the migration before; people take work themselves again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0003_what_was_learned")]

    operations = [
        migrations.AddField("queue", "way", models.TextField(db_default="pull", default="pull")),
        migrations.AddField("queue", "skills", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("queue", "grants", models.JSONField(db_default={}, default=dict)),
        migrations.AddField(
            "queue", "untouched_minutes", models.IntegerField(db_default=0, default=0)
        ),
        migrations.AddField("queue", "else_team", models.BigIntegerField(db_default=0, default=0)),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("agent_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("given_at", models.DateTimeField()),
            ],
            options={"db_table": "routing_turn"},
        ),
    ]
