"""Expand: passages of messages that agents marked for each other.

Safe while the old code still runs: yes, the table is new and only the new pages read it.
Undo: migrate conversation to 0007; the marks are forgotten, the words stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0007_following"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Highlight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("colour", models.TextField(default="yellow")),
                ("quoted", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.message",
                    ),
                ),
            ],
            options={"db_table": "highlight"},
        ),
        migrations.AddConstraint(
            model_name="highlight",
            constraint=models.UniqueConstraint(
                fields=("message", "start", "end", "colour"), name="highlight_once"
            ),
        ),
    ]
