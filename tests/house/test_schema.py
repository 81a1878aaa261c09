"""Bringing the tables up to a release, and being killed while it happens."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from unbroken.ground.guard import unhurried
from unbroken.house.schema import Upgrader

pytestmark = pytest.mark.django_db


class Killed(Exception):
    """The process ends here."""


class KilledBeforeTheRecord(Upgrader):
    """Dies when all is made, and nobody has noted it yet."""

    def record_migration(self, migration: Any) -> None:
        raise Killed


class Shelf(migrations.Migration):
    """A table with an index that is made after all else, as keys of other tables are."""

    operations = (
        migrations.CreateModel(
            "Shelf", [("id", models.BigAutoField(primary_key=True)), ("book", models.SlugField())]
        ),
    )


def test_a_migration_whose_record_was_never_written_has_made_nothing() -> None:
    """The power fails between a migration and its record: the next start must find neither."""
    with pytest.raises(Killed):
        KilledBeforeTheRecord(connection).apply_migration(
            ProjectState(), Shelf("0001_shelf", "ground")
        )

    assert "ground_shelf" not in connection.introspection.table_names()


class Slow(migrations.Migration):
    """Looks how long it may take, in the middle of what is not hurried."""

    operations = unhurried(
        migrations.RunSQL(
            "SELECT set_config('test.inside', current_setting('statement_timeout'), false)"
        )
    )


@pytest.mark.parametrize("said", ["0", "5s"], ids=["a new desk", "an upgrade"])
def test_what_is_not_hurried_leaves_the_limit_as_it_was(said: str) -> None:
    """Accident: the first start goes on with the five seconds of an upgrade, and fails on a
    slow machine."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{said}'")

        Upgrader(connection).apply_migration(ProjectState(), Slow("0001_slow", "ground"))

        cursor.execute(
            "SELECT current_setting('test.inside'), current_setting('statement_timeout')"
        )
        assert cursor.fetchone() == ("0", said)
