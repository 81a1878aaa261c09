"""Bringing the tables up to a release, and being killed while it happens."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

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
