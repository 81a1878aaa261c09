"""News to many as its overseers see it: how far each is, to whom it went, what it says."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.ground.log import words_of
from unbroken.ground.sql import row, rows
from unbroken.intake.models_telling import EndWish
from unbroken.intake.telling import plans
from unbroken.intake.telling.letters import (
    Asking,
    Reader,
    in_a_letter,
    words_of_end,
    words_of_letter,
)
from unbroken.outage import queries as outage
from unbroken.outage.plans import queries as plan_queries

UNREACHED_MAX = 200


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; `letters` were addressed, of which so many left, wait or were spared."""

    id: int
    problem: int
    plan: int
    message: str
    step: str
    state: str
    words_id: int | None
    made_by: str
    made_at: datetime
    letters: int
    sent: int
    waiting: int
    spared: int


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of it."""

    id: int
    contact: int
    name: str
    customer: str
    language: str
    state: str
    why: str
    not_before: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom a person has to call; `why`: chosen, address, or as their server said."""

    id: int
    contact: int
    customer: int
    name: str
    customer_name: str
    language: str
    why: str
    state: str
    message: str
    phones: list[str]


def unreached(problem: int) -> list[Unreached]:
    """Whom the news of this problem did not reach; at most two hundred, the longest first."""
    return rows(
        Unreached, "intake/queries/notice_unreached.sql", problem=problem, limit=UNREACHED_MAX
    )


def latest_notices() -> list[NoticeRow]:
    """The latest hundred."""
    return rows(NoticeRow, "intake/queries/notices.sql", only=0)


def notice(notice_id: int) -> NoticeRow | None:
    """One of them."""
    return row(NoticeRow, "intake/queries/notices.sql", only=notice_id)


def letters_of(notice_id: int) -> list[LetterRow]:
    """To whom it went; at most five hundred."""
    return rows(LetterRow, "intake/queries/notice_letters.sql", notice=notice_id)


def preview(one: NoticeRow, *, language: str, zone: str) -> str:
    """What it says, as somebody without a name would read it now."""
    planned = plan_queries.plan(one.plan) if one.plan else None
    if planned is not None:
        lines = plans.lines_of(one.step, planned, language, zone, was_told=True)
        return in_a_letter(lines, Reader("", language, zone))
    problem = outage.problem(one.problem)
    if problem is None:
        return ""
    said = words_of([one.words_id]).get(one.words_id or 0) or ""
    if one.message == "over":
        asking = Asking(f"{settings.BASE_URL}/ask", True, is_left=one.step == "left")
        return words_of_end(problem, Reader("", language, zone), asking)[1]
    return words_of_letter(one.message, one.step, said, problem, Reader("", language, zone))


def wanted_ends(contact_id: int) -> frozenset[int]:
    """The problems of whose end this person asked to be told."""
    found = EndWish.objects.filter(contact=contact_id).values_list("problem", flat=True)
    return frozenset(found.order_by("-id")[:100])
