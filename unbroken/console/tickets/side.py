"""What stands beside the list: the standing queues and the saved views, each with its count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.anywhere.statuses import STATUSES, status_line
from unbroken.console.many.choices import colleagues
from unbroken.console.saved_lists.queries import SavedRow, kept_teams, saved_lists
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counting import Size, Standing, size
from unbroken.console.tickets.filters import Ask
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing.queries import AgentCard

EVERYTHING, MINE = _("What to do next"), _("Mine")
UNASSIGNED, WAITING = _("Nobody's yet"), _("Waiting for customers")
LATE, ENDED, ASLEEP = _("Late"), _("Ended"), _("Asleep")
TEAMS, PEOPLE, FOUND = _("Teams"), _("People"), _("Found")
PEOPLE_MAX = 12
SAVED: dict[str, Phrase] = {
    "mine": _("My views"),
    "team": _("My teams' views"),
    "all": _("Everybody's views"),
}
SIGNS = {"mine": "person", "team": "team", "all": "list"}


@dataclass(frozen=True, slots=True)
class View:
    """One entry at the side of the list. `drop`: into whose hands a line dropped here goes."""

    sign: str
    name: str
    address: str
    is_current: bool
    count: str
    drop: str = ""
    presence: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ViewGroup:
    """Views under one heading."""

    title: str
    views: tuple[View, ...]


def title_of(ask: Ask) -> str:
    """What a list that is no view is called."""
    is_late = ask == Ask(flags=frozenset({"late"}))
    return in_language(LATE if is_late else FOUND)


def groups_of(
    agent: AgentCard, stands: Standing, words: str, at: datetime
) -> tuple[ViewGroup, ...]:
    """The standing queues, the teams, then what was saved and pinned."""
    groups = [ViewGroup("", _standing(agent, stands, words)), _of_teams(agent, stands, words)]
    groups.append(_of_people(agent, words))
    saved = [one for one in saved_lists(agent) if one.is_pinned]
    for scope, title in SAVED.items():
        theirs = (one for one in saved if one.scope == scope)
        views = tuple(_saved(agent, theirs, stands, words, at))
        groups.append(ViewGroup(in_language(title), views))
    return tuple(group for group in groups if group.views)


def _standing(agent: AgentCard, stands: Standing, words: str) -> tuple[View, ...]:
    own = (
        ("list", EVERYTHING, "", stands.everything, ""),
        ("person", MINE, "mine", stands.mine, f"agent:{agent.id}"),
        ("inbox", UNASSIGNED, "unassigned", stands.unassigned, ""),
        ("hourglass", WAITING, "waiting:customer", stands.pending, ""),
        ("moon", ASLEEP, "asleep", stands.asleep, ""),
    )
    views = [
        View(sign, in_language(name), address_of(query), words == query, str(Size(count)), drop)
        for sign, name, query, count, drop in own
    ]
    return (*views, View("done", in_language(ENDED), address_of("ended"), words == "ended", ""))


def _of_teams(agent: AgentCard, stands: Standing, words: str) -> ViewGroup:
    seen = [team for team in kept_teams() if agent.sees_all or team.id in agent.team_ids]
    views = (
        View(
            "team",
            team.name,
            address_of(f"team:{team.key}"),
            words == f"team:{team.key}",
            str(Size(stands.teams.get(team.id, 0))),
            f"team:{team.id}",
        )
        for team in seen
    )
    return ViewGroup(in_language(TEAMS), tuple(views))


def _of_people(agent: AgentCard, words: str) -> ViewGroup:
    """Colleagues, those at their desk first; what each has in hand is one click away."""
    ranks = list(STATUSES)
    people = sorted(colleagues(agent), key=lambda one: (ranks.index(one.availability), one.name))
    views = (
        View(
            "person",
            one.name,
            address_of(query := f"assigned:{one.email}"),
            words == query,
            "",
            f"agent:{one.id}",
            one.availability,
            "" if one.availability == "here" and not one.status_words else status_line(one),
        )
        for one in people[:PEOPLE_MAX]
    )
    return ViewGroup(in_language(PEOPLE), tuple(views))


def _saved(
    agent: AgentCard, lists: Iterable[SavedRow], stands: Standing, words: str, at: datetime
) -> Iterable[View]:
    for one in lists:
        count = str(size(agent, one.words, stands.lent, at))
        yield View(SIGNS[one.scope], one.name, address_of(one.words), words == one.words, count)
