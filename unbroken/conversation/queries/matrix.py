"""Impact by urgency gives priority, by the operator's own matrix."""

from unbroken.conversation.models import PriorityMatrix
from unbroken.conversation.states import DEFAULT_MATRIX
from unbroken.ground.kept import Kept


def _cells() -> dict[str, str]:
    """The matrix in force; ours until the operator edits it."""
    cells = PriorityMatrix.objects.order_by("id").values_list("cells", flat=True).first()
    return cells or dict(DEFAULT_MATRIX)


kept_matrix = Kept(_cells)


def priority_for(impact: str, urgency: str) -> str:
    """The priority that follows from impact and urgency."""
    return kept_matrix()[f"{impact}/{urgency}"]
