"""What the page of a complaint shows: who answers for it, about whom it is, how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation.complaints import STEPS
from unbroken.ground.actor import Actor
from unbroken.ground.log import words_of
from unbroken.ground.words import in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.heads import heads
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class Step:
    """One step of making it good; `who` took it, if somebody did."""

    key: str
    name: str
    told: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint for one reader."""

    owner_id: int | None
    owner: str
    barred: Sequence[tuple[int, str]]
    heads: Sequence[tuple[int, str]]
    steps: Sequence[Step]
    word: str
    word_at: datetime | None
    lesson: str
    is_about_me: bool

    @property
    def taken(self) -> int:
        """How many steps were taken."""
        return sum(one.at is not None for one in self.steps)


def complained(ticket_id: int, agent: AgentCard) -> Complained | None:
    """None while nobody answers for it yet."""
    row = record.complaint_of(ticket_id)
    if row is None:
        return None
    takers = {key: Actor.parse(one["by"]) for key, one in row.steps.items()}
    ids = {*row.barred, *(one.id for one in takers.values() if one.id), row.owner_id or 0}
    names = staffing.agent_names(ids)
    lesson = words_of([row.lesson_id]).get(row.lesson_id or 0) if row.lesson_id else ""
    return Complained(
        owner_id=row.owner_id,
        owner=names.get(row.owner_id or 0, ""),
        barred=[(one, names.get(one, "")) for one in row.barred],
        heads=[(int(one.id), one.name) for one in heads(but=row.barred) if one.id != row.owner_id],
        steps=[_step(key, row.steps.get(key), takers, names) for key in STEPS],
        word=row.word,
        word_at=row.word_at,
        lesson=lesson or "",
        is_about_me=agent.id in row.barred,
    )


def _step(
    key: str, taken: dict[str, str] | None, takers: dict[str, Actor], names: dict[int, str]
) -> Step:
    name, _colon, told = in_language(STEPS[key]).partition(": ")
    if taken is None:
        return Step(key, name, told, "", None)
    who = names.get(takers[key].id or 0, "")
    return Step(key, name, told, who, datetime.fromisoformat(taken["at"]))
