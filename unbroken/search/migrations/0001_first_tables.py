"""Expand: the index of words, names and files, and how its words are made.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate search to zero; nothing of the record is lost, `search rebuild` makes it anew.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# Punctuation parts words, so that a circuit, an address and a host are phrases of their parts
# and `dell'utente` holds `utente`; accents and ё do not matter.
PLAIN = r"""
CREATE FUNCTION search_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(replace(lower(words),
            'ё', 'е'), 'à', 'a'), 'è', 'e'), 'é', 'e'), 'ì', 'i'), 'ò', 'o'), 'ù', 'u'),
            '’', ' '),
        '[-_./:@''#+=&?%*,;]+', ' ', 'g')
$$;
"""
# What looks like a telephone, its digits backwards: so the end of a number is a beginning.
PHONES = r"""
CREATE FUNCTION search_phones(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN words !~ '\d[\d ().\-/]{5}' THEN ''::tsvector ELSE (
        SELECT coalesce(array_to_tsvector(array_agg(DISTINCT '#' || reverse(digits))), '')
        FROM (SELECT regexp_replace(run[1], '\D', '', 'g') AS digits
              FROM regexp_matches(words, '(\+?\d[\d ().\-/]{5,20}\d)', 'g') AS run) AS runs
        WHERE length(digits) BETWEEN 7 AND 15) END
$$;
"""
# One configuration for English and Russian (it stems Latin letters as English), one for Italian.
VECTOR = """
CREATE FUNCTION search_vector(language text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector(
        CASE WHEN language = 'it' THEN 'pg_catalog.italian'::regconfig
             ELSE 'pg_catalog.russian'::regconfig END, search_plain(words))
        || search_phones(words)
$$;
"""
# A word as it may stand in the index, whatever the language of the ticket. A word too common to
# be kept in one of them asks for nothing, unless `is_strict`.
QUERY = r"""
CREATE FUNCTION search_query(words text, is_strict boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN NOT is_strict AND (numnode(mixed) = 0 OR numnode(italian) = 0)
                THEN ''::tsquery
                WHEN numnode(mixed) = 0 THEN italian
                WHEN numnode(italian) = 0 OR mixed = italian THEN mixed
                ELSE mixed || italian END
    FROM (SELECT phraseto_tsquery('pg_catalog.russian', search_plain(words)) AS mixed,
                 phraseto_tsquery('pg_catalog.italian', search_plain(words)) AS italian) AS both_
$$;
CREATE FUNCTION search_beginning(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN plain = '' THEN ''::tsquery
                ELSE to_tsquery('pg_catalog.simple', replace(plain, ' ', ' <-> ') || ':*') END
    FROM (SELECT trim(regexp_replace(search_plain(words), '[^[:alnum:]]+', ' ', 'g')) AS plain) one
$$;
CREATE FUNCTION search_stems(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT tsvector_to_array(
        to_tsvector('pg_catalog.russian', plain) || to_tsvector('pg_catalog.italian', plain))
    FROM (SELECT search_plain(words) AS plain) one
$$;
"""
# A word, and what is left of it when one letter is dropped.
NEAR = """
CREATE FUNCTION search_near(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT overlay(word PLACING '' FROM place FOR 1)) || word
    FROM generate_series(1, length(word)) AS place
$$;
"""
FUNCTIONS = PLAIN + PHONES + VECTOR + QUERY + NEAR
NO_FUNCTIONS = """
DROP FUNCTION search_near(text);
DROP FUNCTION search_stems(text);
DROP FUNCTION search_beginning(text);
DROP FUNCTION search_query(text, boolean);
DROP FUNCTION search_vector(text, text);
DROP FUNCTION search_phones(text);
DROP FUNCTION search_plain(text);
"""

ID = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


def texts() -> "django.contrib.postgres.fields.ArrayField[list[str], list[str]]":
    """A list of short texts."""
    return django.contrib.postgres.fields.ArrayField(models.TextField(), default=list)


def gin(name: str, *fields: str, **more: object) -> django.contrib.postgres.indexes.GinIndex:
    """An inverted index without a list of pending entries, which every search would read."""
    return django.contrib.postgres.indexes.GinIndex(
        fields=fields,
        name=name,
        fastupdate=False,
        **more,  # type: ignore[arg-type]
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("conversation", "0001_first_tables"),
        ("directory", "0001_first_tables"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.CreateModel(
            name="IndexedTicket",
            fields=[
                ID,
                ("ticket_id", models.BigIntegerField()),
                ("part", models.SmallIntegerField(default=0)),
                ("upto", models.IntegerField(default=0)),
                ("size", models.IntegerField(default=0)),
                ("marks", texts()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "db_table": "search_ticket",
                "indexes": [gin("search_ticket_words", "marks", "words")],
                "constraints": [
                    models.UniqueConstraint(fields=["ticket_id", "part"], name="search_ticket_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedFile",
            fields=[
                ("attachment_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("ticket_id", models.BigIntegerField()),
                ("state", models.TextField()),
                ("text", models.TextField(default="")),
            ],
            options={
                "db_table": "search_file",
                "indexes": [models.Index(fields=["ticket_id"], name="search_file_ticket")],
            },
        ),
        migrations.CreateModel(
            name="KnownName",
            fields=[
                ID,
                ("kind", models.TextField()),
                ("ref_id", models.BigIntegerField()),
                ("customer_id", models.BigIntegerField(null=True)),
                ("key", models.TextField()),
                ("near", texts()),
            ],
            options={
                "db_table": "search_name",
                "indexes": [
                    models.Index(fields=["kind", "ref_id"], name="search_name_ref"),
                    models.Index(
                        fields=["key"], name="search_name_key", opclasses=["text_pattern_ops"]
                    ),
                    gin("search_name_near", "near"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("seen", models.SmallIntegerField(default=1)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("near", texts()),
            ],
            options={
                "db_table": "search_word",
                "indexes": [
                    gin("search_word_near", "near", condition=models.Q(seen__gte=3)),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleTicket",
            fields=[
                ("ticket_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={"db_table": "search_stale"},
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("upto", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "search_progress"},
        ),
    ]
