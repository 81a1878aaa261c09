"""What is handed over: what was done, what is needed, by when, and the facts. Pure.

Facts are pairs of a known key and a value, so that each reader sees the key in their language;
what people write freely stays as they wrote it, with its language marked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import Phrase, _

NEEDED_MAX = 300
DONE_MAX = 5000
VALUE_MAX = 200
FACTS_MAX = 20
EVIDENCE_MAX = 10
AHEAD_MAX = timedelta(days=366)
OF_MAX = 100_000

FACTS: Mapping[str, Phrase] = {
    "device": _("Device"),
    "port": _("Port"),
    "circuit": _("Circuit"),
    "address": _("Network address"),
    "command": _("Command"),
    "symptom": _("Symptom"),
    "account": _("Account"),
    "invoice": _("Invoice"),
    "place": _("Place"),
    "reachable": _("Customer can be reached"),
    "consent": _("Customer agrees to an interruption"),
}
"""What specialists ask each other about most; `consent` and `reachable` are the customer's."""

CONSENT: Mapping[str, Phrase] = {
    "yes": _("yes, at any time"),
    "after": _("yes, after office hours"),
    "ask": _("no, ask first"),
}

UNITS: Mapping[str, Phrase] = {
    "port": _("Ports: {done} of {of} done."),
    "site": _("Sites: {done} of {of} done."),
    "line": _("Lines: {done} of {of} done."),
    "device": _("Devices: {done} of {of} done."),
    "account": _("Accounts: {done} of {of} done."),
    "step": _("Steps: {done} of {of} done."),
}
UNIT_NAMES: Mapping[str, Phrase] = {
    "port": _("Ports"),
    "site": _("Sites"),
    "line": _("Lines"),
    "device": _("Devices"),
    "account": _("Accounts"),
    "step": _("Steps"),
}

refusals(
    {
        "chain.needs_done": _("Say what was done and found so far."),
        "chain.needs_needed": _("Say in one sentence what is needed from them."),
        "chain.needed_long": _("One sentence, please: at most {n} characters of what is needed."),
        "chain.needs_due": _("Say by when it is needed."),
        "chain.due_past": _("By when it is needed has to lie ahead, within a year."),
        "chain.unknown_fact": _("There is no fact called {key}."),
        "chain.no_hands": _("Say to which team or person it goes."),
        "chain.same_hands": _("It is in these hands already."),
        "chain.not_here": _("This part of the work is over, or never was."),
        "chain.needs_reason": _("Say why it goes back."),
        "chain.needs_question": _("Write what you ask."),
        "chain.nobody_gave": _("Nobody handed it over: there is nobody to give it back to."),
        "chain.bad_progress": _("Give how many of how many are done, as 3 of 7."),
        "chain.no_plan": _("There is no plan for this topic, or nothing of it is left."),
        "chain.needs_name": _("Give each step a name."),
        "chain.bad_minutes": _("A step takes at least a minute, and at most 60 days."),
        "chain.waits_for": _("It begins only when this is over: {what}."),
    }
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes along. `language` is the one that `done` and `needed` are written in."""

    done: str = ""
    needed: str = ""
    due_at: datetime | None = None
    facts: Sequence[tuple[str, str]] = ()
    evidence: Sequence[str] = field(default=())
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """To whom: a team, and perhaps somebody of it."""

    team_id: int
    agent_id: int | None = None


def check(parcel: Parcel, *, at: datetime) -> None:
    """Refused unless all three parts are there: done, needed, by when."""
    if not parcel.done.strip():
        raise Refused("chain.needs_done")
    check_needed(parcel, at=at)


def check_needed(parcel: Parcel, *, at: datetime) -> None:
    """The two parts that look ahead: needed, by when."""
    needed = parcel.needed.strip()
    if not needed:
        raise Refused("chain.needs_needed")
    if len(needed) > NEEDED_MAX:
        raise Refused("chain.needed_long", n=NEEDED_MAX)
    if parcel.due_at is None:
        raise Refused("chain.needs_due")
    if not at < parcel.due_at < at + AHEAD_MAX:
        raise Refused("chain.due_past")


def clean_facts(facts: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The facts that say something, in the order in which they are always shown."""
    found: dict[str, str] = {}
    for key, value in facts:
        if key not in FACTS:
            raise Refused("chain.unknown_fact", key=key[:40])
        if value.strip():
            found[key] = value.strip()[:VALUE_MAX]
    return [[key, found[key]] for key in FACTS if key in found]


def clean_evidence(evidence: Iterable[str]) -> list[str]:
    """What shows it: a message of the request (`message:7`) or what the line showed (`line`)."""
    wanted = dict.fromkeys(one.strip() for one in evidence)
    return [one for one in wanted if re.fullmatch(r"line|message:\d{1,18}", one)][:EVIDENCE_MAX]
