"""Giving a row its new values, and knowing which of them are new."""

from collections.abc import Mapping
from typing import Any


def put(row: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set the values on a row; returns the names of the columns that really changed."""
    changed = []
    for column, value in values.items():
        if getattr(row, column) != value:
            setattr(row, column, value)
            changed.append(column.removesuffix("_id"))
    return tuple(changed)
