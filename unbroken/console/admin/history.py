"""Who changed what when, as a page tells it; the last change of all can be taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.calendars.hours_text import DAY_WORDS, in_text
from unbroken.ground.actor import Actor
from unbroken.ground.events import KINDS, LoggedEvent
from unbroken.ground.keeping import kinds
from unbroken.ground.log import events_of, words_of
from unbroken.ground.undo import can_take_back, lasting
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import BUILT_IN, PERMISSIONS
from unbroken.staffing.tokens import TokenRow, tokens

SHOWN_MAX = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """How a column is called in the history, and how its values are told."""

    label: Phrase
    tell: Callable[[object], str] | None = None


SHOWN: dict[str, Shown] = {
    "name": Shown(_("Name")),
    "names": Shown(_("Names"), lambda value: _names(value)),
    "email": Shown(_("E-mail")),
    "language": Shown(_("Language")),
    "timezone": Shown(_("Time zone")),
    "skills": Shown(_("Skills")),
    "languages": Shown(_("Languages")),
    "active": Shown(_("In use")),
    "allows": Shown(_("Allows")),
}
"""Each page of the administration adds the columns of its own."""
NOTHING, YES, NO = _("nothing"), _("yes"), _("no")
AWAY, AS_WEEK = _("away"), _("as in the week")
ERASED, THE_DESK = _("erased"), _("The desk itself")


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the history: what happened, in which detail, by whom and when."""

    says: str
    details: tuple[str, ...]
    by: str
    at: datetime
    version: int
    may_undo: bool
    kind: str = ""


def history(stream: str) -> list[Deed]:
    """What happened in this stream, the newest first."""
    happened = lasting(events_of([stream]))[::-1][:SHOWN_MAX]
    names = actor_names(event.by for event in happened)
    teams = {int(team.id): team.name for team in staffing.every_team()}
    return [
        Deed(
            says=says(event),
            details=tuple(details(event, teams)),
            by=names[event.by],
            at=event.at,
            version=event.version,
            may_undo=number == 0 and can_take_back(event),
            kind=event.kind,
        )
        for number, event in enumerate(happened)
    ]


def says(event: LoggedEvent) -> str:
    """The sentence of an event."""
    known = KINDS.get(event.kind)
    if known is None:
        return event.kind
    values: dict[str, object] = {key: str(value) for key, value in event.data.items()}
    if event.kind == "house.expired" and (old := kinds().get(event.data["what"])):
        values["what"] = old.label
    return in_language(known.says, None, **values) if "{" in known.says else in_language(known.says)


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Who acted, by name; the house and other systems by what they are."""
    told = set(actors)
    agents = {one: Actor.parse(one).id for one in told if one.startswith("agent:")}
    names = staffing.agent_names(number for number in agents.values() if number is not None)
    systems = {str(Actor.token(one.id)): one.name for one in _tokens_among(told)}
    return {
        one: names.get(agents.get(one) or 0, one) if one in agents else _other(one, systems)
        for one in told
    }


def _tokens_among(actors: Iterable[str]) -> Iterable[TokenRow]:
    return tokens() if any(one.startswith("token:") for one in actors) else ()


def _other(actor: str, systems: Mapping[str, str]) -> str:
    return in_language(THE_DESK) if actor.startswith("house") else systems.get(actor, actor)


def details(event: LoggedEvent, teams: Mapping[int, str]) -> Iterable[str]:
    """What exactly was changed, from what into what."""
    data = event.data
    if "team" in data:
        yield teams.get(data["team"], str(data["team"]))
    if event.kind == "agent.role_given":
        yield f"{role_name(data['was'])} → {role_name(data['role'])}"
    if event.kind == "agent.shifts_set":
        yield f"{data['since']}: {_week(data.get('week_was'))} → {_week(data['week'])}"
    if event.kind == "agent.shift_day_set":
        was, hours = data.get("day_was"), data.get("hours")
        before = in_text(was["hours"]) or in_language(AWAY) if was else in_language(AS_WEEK)
        after = in_language(AS_WEEK) if hours is None else in_text(hours) or in_language(AWAY)
        yield f"{data['day']}: {before} → {after}"
    for column, before, after in _changes(data):
        known = SHOWN.get(column, Shown(Phrase(column)))
        yield f"{in_language(known.label)}: {before} → {after}"


def _week(week: object) -> str:
    told = week if isinstance(week, dict) else {}
    words = [f"{in_language(DAY_WORDS[day])} {in_text(hours)}" for day, hours in told.items()]
    return "; ".join(words) or in_language(NOTHING)


def _changes(data: Mapping[str, object]) -> Iterable[tuple[str, str, str]]:
    was, now = _mapping(data, "was"), _mapping(data, "now")
    for column in was:
        yield column, _told(column, was[column]), _told(column, now.get(column))
    before, after = _mapping(data, "words_was"), _mapping(data, "words_now")
    words = words_of([*before.values(), *after.values()])  # type: ignore[list-item]
    for column, said in before.items():
        old, new = words.get(said), words.get(after.get(column))  # type: ignore[call-overload]
        yield column, old or in_language(ERASED), new or in_language(ERASED)


def _mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _told(column: str, value: object) -> str:
    tell = known.tell if (known := SHOWN.get(column)) else None
    return tell(value) or in_language(NOTHING) if tell else _shown(value)


def _names(value: object) -> str:
    return " / ".join(value.values()) if isinstance(value, dict) else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return in_language(YES if value else NO)
    if isinstance(value, list):
        return ", ".join(_item(one) for one in value) or in_language(NOTHING)
    return str(value) if value not in (None, "") else in_language(NOTHING)


def _item(value: object) -> str:
    known = PERMISSIONS.get(str(value))
    return in_language(known) if known else str(value)


def role_name(key: str) -> str:
    """A role as people call it."""
    if key in BUILT_IN:
        return in_language(BUILT_IN[key].name)
    return next((role.name for role in staffing.roles() if role.key == key), key)
