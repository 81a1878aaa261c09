"""Impact by urgency gives priority, by the operator's own matrix."""

import time

from unbroken.conversation.models import PriorityMatrix
from unbroken.conversation.states import DEFAULT_MATRIX

KEPT_SECONDS = 5.0
"""How long a process may go on with the matrix it read: an edit is rare, a ticket is not."""

_kept: tuple[float, dict[str, str]] | None = None


def matrix() -> dict[str, str]:
    """The matrix in force; ours until the operator edits it."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        cells = PriorityMatrix.objects.order_by("id").values_list("cells", flat=True).first()
        _kept = (time.monotonic(), cells or dict(DEFAULT_MATRIX))
    return _kept[1]


def forget_matrix() -> None:
    """Read it anew: it was just edited."""
    global _kept
    _kept = None


def priority_for(impact: str, urgency: str) -> str:
    """The priority that follows from impact and urgency."""
    return matrix()[f"{impact}/{urgency}"]
