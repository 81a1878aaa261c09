"""Expand: articles and how they read in each language.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate knowledge to zero.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ground", "0001_the_ground"),
        ("conversation", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("state", models.TextField(default="draft")),
                ("audience", models.TextField(default="internal")),
                ("valid_until", models.DateTimeField(null=True)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.topic",
                    ),
                ),
            ],
            options={
                "db_table": "article",
                "indexes": [models.Index(fields=["topic", "state"], name="article_topic")],
            },
        ),
        migrations.CreateModel(
            name="ArticleText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("language", models.TextField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="texts",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "db_table": "article_text",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "language"), name="article_text_once"
                    )
                ],
            },
        ),
        guard.guard("article", "article"),
        guard.guard_child("article_text"),
    ]
