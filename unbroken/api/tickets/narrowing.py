"""Which tickets are asked for: a filter on every attribute that a ticket shows.

The values of one filter are alternatives, all filters have to fit; a ticket needs every tag.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

Texts = tuple[str, ...] | None
Ids = tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter; None does not narrow."""

    numbers: Ids = None
    external_ids: Texts = None
    names: Texts = None
    types: Texts = None
    statuses: Texts = None
    waiting_for: Texts = None
    impacts: Texts = None
    urgencies: Texts = None
    priorities: Texts = None
    channels: Texts = None
    languages: Texts = None
    tags: Texts = None
    categories: Texts = None
    customers: Texts = None
    customer_ids: Ids = None
    contacts: Ids = None
    services: Texts = None
    service_ids: Ids = None
    groups: Texts = None
    assignees: Ids = None
    merged_into: Ids = None
    pending_until: datetime | None = None
    created_at: datetime | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    reported_at: datetime | None = None
    changed_at: datetime | None = None
    changed_from: datetime | None = None
    changed_to: datetime | None = None
    resolved_at: datetime | None = None
    resolved_from: datetime | None = None
    resolved_to: datetime | None = None
    closed_at: datetime | None = None
    closed_from: datetime | None = None
    closed_to: datetime | None = None

    def as_params(self) -> dict[str, Any]:
        """As the query wants it."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


EVERYTHING = Narrowing()
