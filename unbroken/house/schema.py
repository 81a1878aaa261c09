"""The tables: whether they are there, and bringing them up to this release.

Expand migrations wait at most four seconds for a lock and run at most five: the desk goes on
working while they do.
"""

from contextlib import nullcontext
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

LOCK_KEY = 0x756E6272  # one upgrade at a time, whoever starts it
TIMEOUTS = "SET lock_timeout = '4s'; SET statement_timeout = '5s'"


class Upgrader(MigrationExecutor):
    """Applies a migration and records it in one transaction.

    Django records it in a second one: a process killed between the two never starts again, since
    it finds the tables that it is about to make.
    """

    def apply_migration(self, state: Any, migration: Migration, *args: Any, **how: Any) -> Any:
        """As Django's; a migration that cannot run inside a transaction must bear a repetition."""
        with transaction.atomic() if migration.atomic else nullcontext():
            return super().apply_migration(state, migration, *args, **how)


def is_absent() -> bool:
    """Whether this database holds nothing of ours yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        return bool(cursor.fetchone() == (None,))


def missing() -> list[str]:
    """The migrations of this release that the database has not seen."""
    upgrader = Upgrader(connection)
    plan = upgrader.migration_plan(upgrader.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade() -> list[str]:
    """Apply what is missing, one upgrader at a time; returns what was applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        try:
            applied = missing()
            if applied:
                if not is_absent():
                    cursor.execute(TIMEOUTS)
                upgrader = Upgrader(connection)
                upgrader.migrate(upgrader.loader.graph.leaf_nodes())
            return applied
        finally:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
