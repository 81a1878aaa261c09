"""What the customer complains of, in the few kinds that tell causes apart. Pure.

Only the kind, the device and the times: whether it is true is for the records to say.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint: `kinds` of none, drops, slow, content, wifi; `since` and `times` if named."""

    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    times: tuple[datetime, ...] = ()
    lamps: tuple[tuple[str, str], ...] = ()

    def is_about(self, *kinds: str) -> bool:
        """Whether it is about any of these."""
        return bool(self.kinds & set(kinds))
