"""A crew's pass: its link, signed by us, and what it opens now.

The link names a pass and nothing else. Whether it still opens anything is asked each time, so a
pass taken back, or over, is worth nothing at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.ground.log import words_of
from unbroken.ground.signed import SignedNumbers
from unbroken.intake.models_crew import CrewPass

_LINKS = SignedNumbers("unbroken.intake.crews")


@dataclass(frozen=True, slots=True)
class Pass:
    """What a link opens, and who stands for it."""

    id: int
    problem: int
    language: str
    words_id: int | None
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether a crew may report by it."""
        return self.ended_at is None and at < self.ends_at

    @property
    def link(self) -> str:
        """The address a crew opens."""
        return f"{settings.BASE_URL}/crew/{pass_token(self.id)}"


_COLUMNS = (
    "id", "problem", "language", "words_id", "made_by", "made_at", "ends_at", "ended_at",
)  # fmt: skip


def pass_token(pass_id: int) -> str:
    """The signed part of the link."""
    return _LINKS.token(pass_id)


def read_pass(token: str) -> int | None:
    """Which pass a link names; None when we did not make it."""
    found = _LINKS.read(token)
    return found[0] if found else None


def pass_of(pass_id: int) -> Pass | None:
    """One pass."""
    row = CrewPass.objects.filter(pk=pass_id).values_list(*_COLUMNS).first()
    return Pass(*row) if row else None


def passes_of(problem: int) -> list[tuple[Pass, str]]:
    """Those of a problem, the latest first, and whom each was given to."""
    rows = CrewPass.objects.filter(problem=problem).order_by("-id").values_list(*_COLUMNS)
    found = [Pass(*row) for row in rows[:50]]
    said = words_of(one.words_id for one in found)
    return [(one, said.get(one.words_id or 0) or "") for one in found]
