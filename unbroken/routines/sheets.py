"""A macro or a rule as it is written: read, checked, put back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from unbroken.conversation.states import TICKET_TYPES
from unbroken.ground.words import Phrase, _
from unbroken.routines import conditions, steps
from unbroken.routines.schedule import Schedule
from unbroken.routines.steps import Wrong
from unbroken.routines.triggers import BASES, HOURS_MAX, TRIGGERS

Scope = Literal["mine", "team", "all"]
Then = Literal["stay", "next", "list"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
THENS: Final[dict[str, Phrase]] = {
    "stay": _("stay on the request"),
    "next": _("go to the next request"),
    "list": _("go to the list"),
}
NAME_MAX = 80


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """What starts a rule (`on`, or `hours` from a `base`), when it applies, what it does.

    `stop`: no rule below it looks at the same event.
    """

    name: str
    on: tuple[str, ...] = ()
    base: str = ""
    hours: int = 0
    conditions: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Any] = field(default_factory=dict)
    stop: bool = False

    @staticmethod
    def read(source: Mapping[str, Any]) -> "RuleSheet":
        """From its stored or sent form; what it does not know is left out."""
        base, hours = source.get("base", ""), str(source.get("hours") or "")
        is_timed = base in BASES
        return RuleSheet(
            name=" ".join(str(source.get("name", "")).split())[:NAME_MAX],
            on=() if is_timed else tuple(key for key in TRIGGERS if key in source.get("on", ())),
            base=base if is_timed else "",
            hours=int(hours) if is_timed and hours.isascii() and hours.isdigit() else 0,
            conditions=conditions.tidy(source.get("conditions") or {}),
            steps=steps.tidy(source.get("steps") or {}, is_rule=True),
            stop=bool(source.get("stop")),
        )

    def write(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "name": self.name,
            "on": list(self.on),
            "base": self.base,
            "hours": self.hours,
            "conditions": dict(self.conditions),
            "steps": dict(self.steps),
            "stop": self.stop,
        }

    def wrong(self) -> Wrong | None:
        """Why it cannot be kept."""
        if not self.name:
            return Wrong("routine.no_name", {})
        if not self.on and not (self.base and 0 < self.hours <= HOURS_MAX):
            return Wrong("routine.starts_never", {})
        return steps.wrong(self.steps, is_rule=True)


@dataclass(frozen=True, slots=True)
class MacroSheet:
    """What a macro is; `owner` is the agent or team it belongs to, 0 for everybody's."""

    name: str
    scope: Scope = "mine"
    owner: int = 0
    then: Then = "stay"
    active: bool = True
    conditions: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def read(source: Mapping[str, Any]) -> "MacroSheet":
        """From its stored or sent form; what it does not know is left out."""
        scope = source.get("scope", "mine")
        then = source.get("then", "stay")
        return MacroSheet(
            name=" ".join(str(source.get("name", "")).split())[:NAME_MAX],
            scope=scope if scope in SCOPES else "mine",
            owner=0 if scope == "all" else int(source.get("owner") or 0),
            then=then if then in THENS else "stay",
            active=bool(source.get("active", True)),
            conditions=conditions.tidy(source.get("conditions") or {}),
            steps=steps.tidy(source.get("steps") or {}),
        )

    def write(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "name": self.name,
            "scope": self.scope,
            "owner": self.owner,
            "then": self.then,
            "active": self.active,
            "conditions": dict(self.conditions),
            "steps": dict(self.steps),
        }

    def wrong(self) -> Wrong | None:
        """Why it cannot be kept."""
        return Wrong("routine.no_name", {}) if not self.name else steps.wrong(self.steps)


TEXT_MAX, ITEMS_MAX = 10_000, 40


@dataclass(frozen=True, slots=True)
class RecurrenceSheet:
    """What recurs: when, and which ticket is made. `customer` 0: it is about ourselves.

    `calendar` says on which days somebody works; `items` is what there is to do.
    """

    name: str
    schedule: Schedule | None = None
    calendar: str = ""
    subject: str = ""
    text: str = ""
    type: str = "request"
    topic: int = 0
    team: int = 0
    customer: int = 0
    items: tuple[str, ...] = ()

    @staticmethod
    def read(source: Mapping[str, Any]) -> "RecurrenceSheet":
        """From its stored or sent form; what it does not know is left out."""
        items = (" ".join(str(one).split())[:200] for one in source.get("items") or ())
        kind = source.get("type", "request")
        return RecurrenceSheet(
            name=" ".join(str(source.get("name", "")).split())[:NAME_MAX],
            schedule=Schedule.read(source.get("schedule") or {}),
            calendar=str(source.get("calendar") or ""),
            subject=" ".join(str(source.get("subject", "")).split())[:200],
            text=str(source.get("text", "")).replace("\r\n", "\n").strip()[:TEXT_MAX],
            type=kind if kind in TICKET_TYPES else "request",
            topic=_number(source.get("topic")),
            team=_number(source.get("team")),
            customer=_number(source.get("customer")),
            items=tuple(one for one in items if one)[:ITEMS_MAX],
        )

    def write(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "name": self.name,
            "schedule": self.schedule.write() if self.schedule else {},
            "calendar": self.calendar,
            "subject": self.subject,
            "text": self.text,
            "type": self.type,
            "topic": self.topic,
            "team": self.team,
            "customer": self.customer,
            "items": list(self.items),
        }

    def wrong(self) -> Wrong | None:
        """Why it cannot be kept."""
        if not self.name or not self.subject:
            return Wrong("routine.no_name", {})
        return Wrong("routine.no_schedule", {}) if self.schedule is None else None


def _number(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
