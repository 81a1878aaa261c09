"""What a check of the doctor saw, and what is wrong about it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Finding:
    """What one check saw."""

    facts: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def has_table(name: str) -> bool:
    """Whether the migrations that a check needs have been applied."""
    return name in connection.introspection.table_names()
