"""A line of a report: what the keys of its groups are called, and which list stands behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from unbroken.console import pictures
from unbroken.console.dashboards import days
from unbroken.console.dashboards.naming import Naming, naming
from unbroken.console.many.choices import kept_agents
from unbroken.console.reports.asking import Question
from unbroken.console.reports.by_field import field_of, value_name, value_word
from unbroken.console.tickets import labels
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counted import counted_word
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, in_language

NOBODY, NO_CUSTOMER, NO_TAG = _("Nobody"), _("Unknown"), _("No tag")
STATES: Final[Mapping[str, Phrase]] = {
    "acknowledged": _("New"),
    "inProgress": _("In progress"),
    "pending": _("Waits for the customer"),
    "held": _("On hold"),
    **labels.ENDED,
}
_CLOSED: Final[Mapping[str, Mapping[str, Phrase]]] = {
    "priority": labels.PRIORITIES,
    "status": STATES,
    "type": labels.TYPES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: the groups' names, the number, how many requests, and their list."""

    names: tuple[str, ...]
    value: float | None
    tickets: int
    address: str

    @property
    def number(self) -> str:
        """As it is read."""
        return "–" if self.value is None else pictures.number(self.value)


@dataclass(frozen=True, slots=True)
class _Name:
    id: int
    name: str


class Names:
    """What the keys of groups are called, and which word of a list means them."""

    def __init__(self, question: Question, found: Sequence[Sequence[Any]]) -> None:
        self.places: Naming = naming()
        self.agents = {str(one.id): one for one in kept_agents()}
        self.customers: dict[str, str] = {}
        if "customer" in question.groups:
            at = question.groups.index("customer")
            ids = sorted({int(row[at]) for row in found})
            named = rows(_Name, "console/reports/queries/customers.sql", ids=ids)
            self.customers = {str(one.id): one.name for one in named}

    def name(self, group: str, key: str) -> str:
        """For people."""
        field = field_of(group)
        if field:
            return value_name(field, key)
        if group in _CLOSED:
            known = _CLOSED[group]
            return in_language(known[key]) if key in known else key
        if group == "agent":
            known_agent = self.agents.get(key)
            return known_agent.name if known_agent else in_language(NOBODY)
        if group == "customer":
            return self.customers.get(key) or in_language(NO_CUSTOMER)
        if group == "tag":
            return key or in_language(NO_TAG)
        if group in ("day", "week"):
            return days.short(date.fromisoformat(key))
        return key if group == "month" else self.places.name(group, key)

    def word(self, group: str, key: str) -> str | None:
        """For the address of a list; None where no word says it."""
        field = field_of(group)
        if field:
            return value_word(field, key)
        if group == "agent":
            known = self.agents.get(key)
            if known is None:
                return "assigned:nobody" if key == "0" else None
            return f"assigned:{known.email}"
        if group == "customer":
            return f"customer:{key}" if key != "0" else None
        if group == "tag":
            return f"tag:{key}" if key and " " not in key else None
        if group == "day":
            return counted_word("received", date.fromisoformat(key), date.fromisoformat(key))
        if group == "week":
            first = date.fromisoformat(key)
            return counted_word("received", first, first + timedelta(days=6))
        if group == "month":
            return f"received:{key}"
        return f"{group}:{key}" if group in _CLOSED else self.places.word(group, key)


def list_of(question: Question, words: Iterable[str | None], day: date) -> str:
    """The address of the list behind a number; empty where no words say it."""
    said = list(words)
    if None in said:
        return ""
    whole = f"{question.all_words(day)} {' '.join(filter(None, said))}"
    if "received:" not in whole:
        whole += " " + counted_word("received", date(2000, 1, 1), day)
    return address_of(whole.strip())


def line_of(question: Question, names: Names, row: Sequence[Any], day: date) -> Line:
    """A row of the answer as people see it."""
    keys = [str(key) for key in row[: len(question.groups)]]
    pairs = list(zip(question.groups, keys, strict=True))
    address = list_of(question, [names.word(*pair) for pair in pairs], day)
    value = None if row[2] is None else float(row[2])
    return Line(tuple(names.name(*pair) for pair in pairs), value, int(row[3]), address)
