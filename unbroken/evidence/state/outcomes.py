"""What it really was: kept once for each request, or once for a problem nobody wrote about."""

from datetime import datetime
from typing import Any

from unbroken.evidence.models_outcomes import CauseOutcome

SAID, RESOLVING, PROBLEM = "said", "resolving", "problem"


def note(*, ticket_id: int, how: str, at: datetime, **told: Any) -> None:
    """Of a request. What somebody said of it itself is not undone by what its problem was."""
    problem_id = told.get("problem_id")
    if problem_id is not None:
        CauseOutcome.objects.filter(problem_id=problem_id, ticket_id=None).delete()
    before = CauseOutcome.objects.filter(ticket_id=ticket_id).values_list("how", flat=True).first()
    if how == PROBLEM and before not in (None, PROBLEM):
        return
    CauseOutcome.objects.update_or_create(
        ticket_id=ticket_id, defaults={"how": how, "at": at} | told
    )


def note_problem(*, problem_id: int, cause: str, said: str, at: datetime) -> None:
    """Of a problem to which no request belongs."""
    CauseOutcome.objects.update_or_create(
        problem_id=problem_id, ticket_id=None,
        defaults={"cause": cause, "said": said, "how": PROBLEM, "weight": 1.0, "at": at},
    )  # fmt: skip
