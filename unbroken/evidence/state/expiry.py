"""What is too old goes: whole parts of the large tables, rows of the small ones in batches."""

from datetime import datetime

from django.db import connection

from unbroken.evidence.state import partitions

BATCH = 5_000


def drop_raw(before: datetime) -> list[str]:
    """Raw accounting records taken in before this, and the keys by which they were known again."""
    dropped = partitions.drop_older("radius_batch", before.date())
    return dropped + partitions.drop_older("radius_seen", before.date())


def drop_readings(before: datetime) -> list[str]:
    """Readings of before this, of which the thinned ones stay."""
    return partitions.drop_older("observation", before.date())


def drop_records(before: datetime) -> list[str]:
    """Thinned readings, log lines, alarms, answers to logins of before this."""
    dropped = partitions.drop_older("reading_thinned", before.date())
    dropped += partitions.drop_older("log_line", before.date())
    _delete("network_alarm", "received_at", before)
    _delete("accounting_pulse", "slot", before)
    _delete("radius_reply", "at", before)
    _delete("service_test", "asked_at", before)
    _delete("outside_alarm", "raised_at", before)
    return dropped


def drop_sessions(before: datetime) -> int:
    """Sessions that were last heard of before this."""
    return _delete("radius_session", "heard_at", before)


def _delete(table: str, column: str, before: datetime) -> int:
    gone = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {table} WHERE id IN"
                f" (SELECT id FROM {table} WHERE {column} < %s LIMIT {BATCH})",
                [before],
            )
            count = int(cursor.rowcount)
            gone += count
            if count < BATCH:
                return gone
