"""What a list is narrowed to, as a part of a statement and its values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.console.access import sight
from unbroken.console.tickets.by_field import by_fields
from unbroken.console.tickets.counted import NONE, OF_PEOPLE, Counted
from unbroken.console.tickets.filters import NAMES, Ask
from unbroken.ground.sql import rows, text_of
from unbroken.promise.measures import all_measures
from unbroken.staffing.queries import AgentCard

QUERIES = "console/tickets/queries"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The checked parts of a statement, the values for them, and names that name nothing."""

    clause: str
    values: dict[str, Any]
    strangers: tuple[str, ...]

    def statement(self, name: str) -> str:
        """A named query with its place for NARROWED filled."""
        return text_of(f"{QUERIES}/{name}.sql").replace("NARROWED", f"\n{self.clause}\n")


@dataclass(frozen=True, slots=True)
class _Named:
    kind: str
    key: str
    id: int


@dataclass(frozen=True, slots=True)
class _Owners:
    place: int
    ids: list[int]


def narrowing(agent: AgentCard, ask: Ask, at: datetime) -> Narrowing:
    """Everything a list for this reader is narrowed by."""
    found = _named(ask, agent)
    values: dict[str, Any] = {
        name: list(getattr(ask, name)) or None
        for name in ("status", "type", "priority", "channel", "tag", "waiting", "numbers")
    }
    for kind in NAMES:
        asked = bool(getattr(ask, kind))
        values[kind] = sorted(one.id for one in found if one.kind == kind) if asked else None
    values["asleep"] = ask.is_asleep
    values["customer"] = [int(key) for key in ask.customer] or None
    flags = {name: name in ask.flags for name in ("mine", "unassigned", "unread", "late")}
    flags["late"] = flags["late"] or bool(ask.due)
    clause, words = _words(ask.text)
    more, counted = _counted(agent, ask.counted, found)
    for kind in ("team", "topic"):
        if NONE in getattr(ask, kind):
            more += f"\nAND ticket.{kind}_id IS NULL"
            values[kind] = None
    if ask.watcher:
        more += "\n" + text_of(f"{QUERIES}/narrow_watcher.sql")
    held, of_fields, no_fields = by_fields(ask.fields)
    return Narrowing(
        clause=text_of(f"{QUERIES}/narrow.sql") + clause + more + held,
        values={
            **sight(agent),
            **values,
            **flags,
            **words,
            **counted,
            **of_fields,
            "at": at,
            "due_until": _due_until(agent, ask, at),
        },
        strangers=(*_strangers(ask, found), *no_fields),
    )


def _due_until(agent: AgentCard, ask: Ask, at: datetime) -> datetime:
    """Promises due before this are listed: what is late already, or will be by then."""
    if not ask.due or "late" in ask.flags:
        return at
    if ask.due[0] == "today":
        here = at.astimezone(ZoneInfo(agent.timezone))
        return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo)
    return at + timedelta(hours=int(ask.due[0].removesuffix("h")))


def _named(ask: Ask, agent: AgentCard) -> list[_Named]:
    asked = [(kind, key) for kind in NAMES for key in getattr(ask, kind)]
    asked += [("assigned", one.what) for one in ask.counted if one.word in OF_PEOPLE and one.what]
    mine = [_Named(*one, agent.id) for one in asked if one == ("watcher", "me")]
    others = [one for one in asked if one != ("watcher", "me")]
    if not others:
        return mine
    kinds, keys = zip(*others, strict=True)
    return mine + rows(_Named, f"{QUERIES}/named.sql", kinds=list(kinds), keys=list(keys))


def _strangers(ask: Ask, found: Iterable[_Named]) -> tuple[str, ...]:
    """Words like `team:nobody`: well said, but there is no such team."""
    known = {(one.kind, one.key) for one in found}
    known |= {("team", NONE), ("topic", NONE)}
    return tuple(
        f"{kind}:{key}" for kind in NAMES for key in getattr(ask, kind) if (kind, key) not in known
    )


def _counted(
    agent: AgentCard, counted: tuple[Counted, ...], found: Iterable[_Named]
) -> tuple[str, dict[str, Any]]:
    """One more part for each figure: the requests that add to it between its days."""
    part, clause = text_of(f"{QUERIES}/narrow_counted.sql"), ""
    values: dict[str, Any] = {}
    people = {one.key: one.id for one in found if one.kind == "assigned"} | {"me": agent.id}
    for place, one in enumerate(counted, start=1):
        clause += "\n" + part.replace("PLACE", str(place))
        each = one.figures.endswith(".")
        doers = [people.get(one.what, 0)] if one.word in OF_PEOPLE and one.what else None
        values |= {
            f"figures_{place}": [one.figures + key for key in all_measures()]
            if each
            else [one.figures],
            f"since_{place}": one.since,
            f"until_{place}": one.until,
            f"doers_{place}": doers,
        }
    return clause, values


def _words(text: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """One more part for each written word."""
    if not text:
        return "", {}
    patterns = [f"%{_escaped(word)}%" for word in text]
    owners = {one.place: one.ids for one in rows(_Owners, f"{QUERIES}/owners.sql", words=patterns)}
    part, clause = text_of(f"{QUERIES}/narrow_word.sql"), ""
    values: dict[str, Any] = {}
    for place, pattern in enumerate(patterns, start=1):
        clause += "\n" + part.replace("PLACE", str(place))
        values |= {f"word_{place}": pattern, f"owners_{place}": owners.get(place, [])}
    return clause, values


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
