"""What stands beside one ticket, gathered by one question."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from unbroken.console.access import sight
from unbroken.console.aside.lines import FieldLine, line
from unbroken.console.aside.telling import fields_told
from unbroken.conversation import queries as record
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import words_of
from unbroken.ground.sql import row, rows
from unbroken.ground.time_words import how_long
from unbroken.ground.words import current_language
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class Follower:
    """An agent who follows the ticket."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Spent:
    """One entry of time."""

    id: int
    agent_id: int
    name: str
    minutes: int
    at: datetime
    words: str

    @property
    def long(self) -> str:
        """1 h 20 min"""
        return how_long(timedelta(minutes=self.minutes))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do."""

    id: int
    text: str
    done_at: datetime | None
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A list of things to do that can be added."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SideWords:
    """One mail of a side conversation."""

    id: int
    who: str
    address: str
    is_ours: bool
    at: datetime
    words: str
    has_source: bool
    state: str


@dataclass(frozen=True, slots=True)
class Side:
    """A talk with a third party or another team; `is_answered`: the last word is theirs.

    `child`: the request of the other team, if the reader may see it.
    """

    id: int
    to: str
    subject: str
    is_answered: bool
    is_ended: bool
    is_team: bool
    child: int | None
    said: tuple[SideWords, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Everything beside the conversation."""

    followers: tuple[Follower, ...] = ()
    times: tuple[Spent, ...] = ()
    items: tuple[Item, ...] = ()
    offers: tuple[Offer, ...] = ()
    fields: tuple[FieldLine, ...] = ()
    sides: tuple[Side, ...] = ()

    @property
    def minutes(self) -> int:
        """How long everybody worked on it."""
        return sum(one.minutes for one in self.times)

    @property
    def total(self) -> str:
        """The same in words."""
        return how_long(timedelta(minutes=self.minutes))

    @property
    def by_person(self) -> tuple[tuple[str, str], ...]:
        """Who worked how long."""
        found: dict[str, int] = {}
        for one in self.times:
            found[one.name] = found.get(one.name, 0) + one.minutes
        return tuple((name, how_long(timedelta(minutes=n))) for name, n in found.items())

    @property
    def done(self) -> int:
        """How many things are done."""
        return sum(item.done_at is not None for item in self.items)

    @property
    def left(self) -> int:
        """How many things are not."""
        return len(self.items) - self.done

    def is_followed_by(self, agent_id: int) -> bool:
        """Whether this agent follows it."""
        return any(one.id == agent_id for one in self.followers)


NOTHING_BESIDE = Aside()


@dataclass(frozen=True, slots=True)
class _Row:
    watchers: Any
    times: Any
    items: Any
    checklists: Any
    fields: Any
    sides: Any


def aside_of(agent: AgentCard, number: int, topic_id: int | None) -> Aside:
    """What stands beside this ticket, for this reader."""
    topics = list(record.topics_above(topic_id))
    found = row(
        _Row, "console/aside/queries/aside.sql", number=number, topics=topics, **sight(agent)
    )
    assert found is not None
    return Aside(
        followers=tuple(Follower(**one) for one in _list(found.watchers)),
        times=tuple(_spent(one) for one in _list(found.times)),
        items=tuple(_item(one) for one in _list(found.items)),
        offers=tuple(_offer(one) for one in _list(found.checklists)),
        fields=_fields(topic_id, _list(found.fields)),
        sides=tuple(_side(one) for one in _list(found.sides)),
    )


def _fields(topic_id: int | None, held: list[Any]) -> tuple[FieldLine, ...]:
    """Every field of the topic, also those that hold nothing."""
    by_id = {one[0]: (one[1], one[2]) for one in held}
    return tuple(line(row, *by_id.get(row.id, ("", ""))) for row in record.fields_for(topic_id))


def names_beside(events: Iterable[LoggedEvent]) -> dict[str, str]:
    """What the story needs to name things to do; asked only when there are some."""
    events = list(events)
    said = words_of(e.data["words"] for e in events if e.kind == "ticket.fields_filled")
    told = {f"fields:{key}": fields_told(text or "") for key, text in said.items()}
    asked = {int(e.data["item"]) for e in events if isinstance(e.data.get("item"), int)}
    asked |= {int(n) for e in events if e.kind == "ticket.checklist_added" for n in e.data["items"]}
    if not asked:
        return told
    found = rows(_Text, "console/aside/queries/item_texts.sql", items=sorted(asked))
    return told | {f"item:{one.id}": one.text for one in found}


@dataclass(frozen=True, slots=True)
class _Text:
    id: int
    text: str


def _list(value: Any) -> list[Any]:
    """JSON as the driver gives it: read already, or still text."""
    return (json.loads(value) if isinstance(value, str) else value) or []


def _spent(one: dict[str, Any]) -> Spent:
    values = {**one, "at": datetime.fromisoformat(one["at"]), "words": one["words"] or ""}
    return Spent(**values)


def _item(one: dict[str, Any]) -> Item:
    done = one["done_at"]
    return Item(
        one["id"], one["text"], datetime.fromisoformat(done) if done else None, one["name"] or ""
    )


def _side(one: dict[str, Any]) -> Side:
    said = tuple(
        SideWords(
            id=word["id"],
            who=word["who"] or "–",
            address=word["address"] or "",
            is_ours=word["is_ours"],
            at=datetime.fromisoformat(word["at"]),
            words=word["words"] or "",
            has_source=word["has_source"],
            state=word["state"] or "",
        )
        for word in one["said"] or ()
    )
    to = ", ".join(name or address for name, address in one["to"])
    return Side(
        id=one["id"],
        to=to,
        subject=one["subject"],
        is_answered=one["answered_at"] is not None,
        is_ended=one["ended_at"] is not None,
        is_team=one["is_team"],
        child=one["child"],
        said=said,
    )


def _offer(one: dict[str, Any]) -> Offer:
    names = one["names"]
    name = names.get(current_language()) or names.get("en") or next(iter(names.values()), "–")
    return Offer(one["id"], name)
