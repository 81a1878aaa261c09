"""The tables: whether they are there, and bringing them up to this release.

Expand migrations wait at most four seconds for a lock and run at most five: the desk goes on
working while they do.
"""

import io

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK_KEY = 0x756E6272  # one upgrade at a time, whoever starts it
TIMEOUTS = "SET lock_timeout = '4s'; SET statement_timeout = '5s'"


def is_absent() -> bool:
    """Whether this database holds nothing of ours yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        return bool(cursor.fetchone() == (None,))


def missing() -> list[str]:
    """The migrations of this release that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
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
                call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
            return applied
        finally:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
