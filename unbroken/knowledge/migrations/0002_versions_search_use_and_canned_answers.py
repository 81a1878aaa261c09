"""Expand: words that wait to be published, good addresses, search, use, feedback, canned answers.

Safe while old code runs: yes, every new column of an old table has a default; what old code
publishes has no address of its own yet and is reached by its number.
Undo: migrate knowledge to 0001; what waited to be published is lost.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

_CONFIG = """CASE language
    WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
    WHEN 'it' THEN 'pg_catalog.italian'::regconfig
    ELSE 'pg_catalog.english'::regconfig END"""

SEARCH = f"""
ALTER TABLE article_text ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector({_CONFIG}, title), 'A') || setweight(to_tsvector({_CONFIG}, body), 'D')
) STORED;
CREATE INDEX article_text_search ON article_text USING gin (search);
"""
NO_SEARCH = "DROP INDEX article_text_search; ALTER TABLE article_text DROP COLUMN search;"

NOTHING = django.db.models.deletion.DO_NOTHING
ID = ("id", models.BigAutoField(primary_key=True, serialize=False))


def key(
    to: str, *, null: bool = False, back: str = "+"
) -> "models.ForeignKey[models.Model, models.Model]":
    """A thread to another table."""
    return models.ForeignKey(null=null, on_delete=NOTHING, related_name=back, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0001_first_tables"),
        ("conversation", "0001_first_tables"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField("article", "slug", models.TextField(db_default="", default="")),
        migrations.AddField(
            "article", "in_review", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField("article", "written_by", models.TextField(db_default="", default="")),
        migrations.AddField("article", "from_ticket", key("conversation.troubleticket", null=True)),
        migrations.AddConstraint(
            "article",
            models.UniqueConstraint(
                fields=["slug"], condition=~models.Q(slug=""), name="article_slug"
            ),
        ),
        migrations.AddField(
            "articletext", "next_title", models.TextField(db_default="", default="")
        ),
        migrations.AddField(
            "articletext", "next_body", models.TextField(db_default="", default="")
        ),
        migrations.AlterField("articletext", "title", models.TextField(default="")),
        migrations.AlterField("articletext", "body", models.TextField(default="")),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.CreateModel(
            name="CannedAnswer",
            fields=[
                ID,
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField(unique=True)),
                ("topic", key("conversation.topic", null=True)),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "canned_answer"},
        ),
        migrations.CreateModel(
            name="CannedText",
            fields=[
                ID,
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("language", models.TextField()),
                ("text", models.TextField()),
                ("canned", key("knowledge.cannedanswer", back="texts")),
            ],
            options={
                "db_table": "canned_text",
                "constraints": [
                    models.UniqueConstraint(fields=("canned", "language"), name="canned_text_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("article", key("knowledge.article", back="uses")),
                ("ticket", key("conversation.troubleticket")),
                ("agent", key("staffing.agent")),
                ("at", models.DateTimeField()),
                ("message_id", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "article_use",
                "indexes": [models.Index(fields=["ticket"], name="article_use_ticket")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "ticket", "agent"), name="article_use_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("article", key("knowledge.article", back="votes")),
                ("language", models.TextField()),
                ("voter", models.TextField()),
                ("helpful", models.BooleanField()),
                ("words", models.TextField(default="")),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "article_vote",
                "constraints": [
                    models.UniqueConstraint(fields=("article", "voter"), name="article_vote_once")
                ],
            },
        ),
        guard.guard("canned", "canned_answer"),
        guard.guard_child("canned_text"),
    ]
