"""Expand: remember mailed keys and how often somebody knocked.

Safe while the old code still runs: yes, both tables are new.
Undo: drop them; links and codes under way are forgotten and must be asked for again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="DoorKey",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("secret", models.TextField()),
                ("address", models.TextField()),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "portal_door_key",
                "indexes": [models.Index(fields=["ends_at"], name="portal_key_ends")],
            },
        ),
        migrations.CreateModel(
            name="Knock",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("since_at", models.DateTimeField()),
                ("count", models.IntegerField()),
            ],
            options={
                "db_table": "portal_knock",
                "indexes": [models.Index(fields=["since_at"], name="portal_knock_since")],
            },
        ),
    ]
