"""The chain of a request as the faces show it: frozen rows, one question for all of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from unbroken.ground.sql import rows
from unbroken.ground.words import in_language
from unbroken.routing.chain.parcel import CONSENT, FACTS, UNITS

IN_WORK = ("given", "working", "asked")


@dataclass(frozen=True)
class LegView:
    """One leg, with names. `done` is what they said when it ended, also why it went back."""

    ticket: int
    id: int
    position: int
    kind: str
    state: str
    team_id: int | None
    team: str | None
    team_key: str | None
    agent_id: int | None
    agent: str | None
    giver_id: int | None
    giver: str | None
    names: str
    says: str
    facts: str
    evidence: str
    language: str
    done_language: str
    due_at: datetime | None
    minutes: int | None
    given_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    done_count: int | None
    of_count: int | None
    unit: str
    after: Sequence[str]
    needed: str | None
    done: str | None
    asked: str | None
    answered: str | None
    child: int | None
    subject: str | None
    asked_name: str | None
    asked_address: str | None

    def name_in(self, language: str) -> str:
        """What it is called in the plan, or about what somebody was asked."""
        names: Mapping[str, str] = json.loads(self.names)
        return names.get(language) or names.get("en") or self.subject or ""

    def says_in(self, language: str) -> str:
        """The plan's words for the customer; none are better than somebody else's language."""
        says: Mapping[str, str] = json.loads(self.says)
        return says.get(language, "")

    @property
    def whom(self) -> str:
        """Who has it, as colleagues call them."""
        if self.kind in ("side", "child"):
            return self.asked_name or self.asked_address or ""
        return " · ".join(one for one in (self.team, self.agent) if one)

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self.ended_at is not None

    @cached_property
    def raw_facts(self) -> tuple[tuple[str, str], ...]:
        """The facts as they were given."""
        return tuple((key, value) for key, value in json.loads(self.facts))

    @cached_property
    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        """The facts: key, its name and the value in the reader's language."""
        found = []
        for key, value in json.loads(self.facts):
            shown = in_language(CONSENT[value]) if key == "consent" and value in CONSENT else value
            found.append((key, in_language(FACTS[key]) if key in FACTS else key, shown))
        return tuple(found)

    @cached_property
    def shown_by(self) -> tuple[str, ...]:
        """What shows it: `line`, `message:7`."""
        return tuple(json.loads(self.evidence))

    def progress(self, language: str | None = None) -> str:
        """3 of 7 ports are done."""
        if not self.of_count or self.unit not in UNITS:
            return ""
        return in_language(UNITS[self.unit], language, done=self.done_count, of=self.of_count)

    def is_late(self, at: datetime) -> bool:
        """Whether it is needed sooner than now, or was over too late."""
        return self.due_at is not None and (self.ended_at or at) > self.due_at


@dataclass(frozen=True)
class ChainView:
    """All of them, in the order in which they were given; those still planned come last."""

    legs: tuple[LegView, ...] = ()

    @cached_property
    def current(self) -> LegView | None:
        """The leg that the request itself is in."""
        return next((o for o in self.legs if o.kind == "work" and o.state in IN_WORK), None)

    @cached_property
    def over(self) -> tuple[LegView, ...]:
        """The legs of the request itself that are over."""
        return tuple(o for o in self.legs if o.kind == "work" and o.is_over and o.given_at)

    @cached_property
    def before(self) -> LegView | None:
        """The one before the current."""
        return self.over[-1] if self.over else None

    @cached_property
    def beside(self) -> tuple[LegView, ...]:
        """What runs beside: talks, other teams, approvals."""
        return tuple(o for o in self.legs if o.kind != "work" and o.state in IN_WORK)

    @cached_property
    def ahead(self) -> tuple[LegView, ...]:
        """What is planned."""
        return tuple(o for o in self.legs if o.state == "planned")

    def waits_of(self, leg: LegView) -> tuple[LegView, ...]:
        """What has to be over before this one can begin."""
        after = {int(one) for one in leg.after}
        return tuple(one for one in self.legs if one.id in after and not one.is_over)


NO_CHAIN = ChainView()


def chains_of(tickets: Iterable[int]) -> dict[int, ChainView]:
    """The chains of these requests; those without one are left out."""
    found = rows(LegView, "routing/queries/legs.sql", tickets=list(tickets))
    return {
        number: ChainView(tuple(legs))
        for number, legs in groupby(found, key=lambda one: one.ticket)
    }


def chain_view(ticket: int) -> ChainView:
    """The chain of one request; an empty one where nothing was handed over."""
    return chains_of([ticket]).get(ticket, NO_CHAIN)
