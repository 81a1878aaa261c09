"""The question: the letter that asked it, its link, the words that answer it by mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.conf import settings

from unbroken.ground.signed import SignedNumbers
from unbroken.ground.sql import row, rows

Says = Literal["yes", "no"]

OPEN_FOR: Final = timedelta(days=14)
"""So long the portal asks, and so long a no goes on with the old request."""
REST_LETTERS_MAX = 60
"""A yes with more words below it than a name is for a person to read."""

_LINKS = SignedNumbers("unbroken.intake.well")
_YES = re.compile(
    r"(?:yes|да|s[iì])(?:[ ,.!]+(?:thanks|thank you|it (?:does|works|is)|works|спасибо|работает|"
    r"всё работает|grazie|funziona))*"
)
_NO = re.compile(
    r"(?:no|нет)(?:[ ,.!]+(?:it does not|it doesn't|it is not|it isn't|still not|не работает|"
    r"всё ещё не работает|non funziona|ancora no))*"
)


@dataclass(frozen=True, slots=True)
class Question:
    """Who was asked, about which problem and which of their services; what they said so far."""

    id: int
    contact: int
    customer: int
    services: list[int]
    language: str
    timezone: str
    sent_at: datetime
    problem: int
    says: str
    ticket: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were asked, and what they said; `tickets`: where it goes on."""

    asked: int
    yes: int
    no: int
    tickets: list[int] | None


def well_link(letter_id: int) -> str:
    """The address at which one tap answers."""
    return f"{settings.BASE_URL}/well/{well_token(letter_id)}"


def well_token(letter_id: int) -> str:
    """The signed part of it."""
    return _LINKS.token(letter_id)


def read_well(token: str) -> int | None:
    """Which letter asked; None when we did not make the link."""
    found = _LINKS.read(token)
    return found[0] if found else None


def question(letter_id: int) -> Question | None:
    """The question of one letter; None: it asked nothing, or never left."""
    return row(
        Question, "intake/queries/well_question.sql", letter=letter_id, contacts=[], since=None
    )


def questions_for(contacts: Sequence[int], *, at: datetime) -> list[Question]:
    """What these people were asked lately and have not answered, one for each problem."""
    found = rows(
        Question,
        "intake/queries/well_question.sql",
        letter=0,
        contacts=list(contacts),
        since=at - OPEN_FOR,
    )
    return list({one.problem: one for one in reversed(found)}.values())


def counts_of(problem: int) -> Counts:
    """How the answers stand."""
    found = row(Counts, "intake/queries/well_counts.sql", problem=problem)
    assert found is not None  # a sum has a row
    return found


def said_in_one_word(text: str) -> tuple[Says, str] | None:
    """Yes or no, and what was written below it; None: it takes a person to read it. Pure."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines:
        return None
    first, rest = lines[0].casefold().strip(" .,!;:-*"), "\n".join(lines[1:]).strip()
    if _NO.fullmatch(first):
        return "no", rest
    if _YES.fullmatch(first) and len(rest) <= REST_LETTERS_MAX:
        return "yes", rest
    return None
