"""The date a mail says it was written."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_LETTERS_MAX: Final = 200


def read(value: str) -> datetime | None:
    """Aware, or None when it cannot be read; without a zone it counts as UTC."""
    value = value[:_LETTERS_MAX].strip()
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return _iso(value)
    return found


def _iso(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
