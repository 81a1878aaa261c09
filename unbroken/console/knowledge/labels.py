"""How things are called on the pages of what is known. Keys go in, marked phrases come out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.ground.actor import Actor
from unbroken.ground.words import _, current_language, in_language
from unbroken.knowledge.queries import ShelfRow
from unbroken.staffing import queries as staffing

STATES = {
    "": _("All"),
    "published": _("Published"),
    "review": _("To be read"),
    "draft": _("Drafts"),
    "outdated": _("Past their date"),
    "retired": _("Taken down"),
}
STATE_WORDS = {
    "draft": _("Draft"),
    "review": _("To be read"),
    "published": _("Published"),
    "outdated": _("Past its date"),
    "retired": _("Taken down"),
}
AUDIENCES = {
    "internal": _("Agents only"),
    "public": _("Everybody"),
}
THE_HOUSE, ELSE = _("The desk itself"), _("Something else")


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the room, for the row of places on top."""

    key: str
    page: str
    word: str


def places() -> list[Place]:
    """The pages of the room."""
    return [
        Place("articles", "console:knowledge", in_language(_("Articles"))),
        Place("gaps", "console:gaps", in_language(_("Gaps"))),
        Place("answers", "console:answers", in_language(_("Canned answers"))),
        Place("topics", "console:topics", in_language(_("Topics"))),
    ]


def state_of(row: ShelfRow, at: datetime) -> str:
    """What one sees of its state first."""
    if row.in_review:
        return "review"
    return "outdated" if row.state == "published" and row.is_outdated(at) else row.state


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Who acted, by name; the desk itself and other systems by what they are."""
    told = set(actors)
    ids = {one: Actor.parse(one).id for one in told if one.startswith("agent:")}
    names = staffing.agent_names(one for one in ids.values() if one is not None)
    house = in_language(THE_HOUSE)
    return {one: names.get(ids.get(one) or 0) or (house if one == "house" else one) for one in told}


def topic_names() -> dict[int, str]:
    """Every topic by number, also one that is retired, with those above it."""
    found: dict[int, str] = {}
    for topic in record.every_topic():
        above = found.get(topic.parent_id or 0)
        name = topic.name_in(current_language())
        found[topic.id] = f"{above} / {name}" if above else name
    return found


def topic_choices(first: str = "") -> list[tuple[str, str]]:
    """The tree to choose from, by key; `first` is what the empty choice says."""
    tree = [
        (one.key, "\u2003" * one.depth + one.name_in(current_language()))
        for one in record.topic_tree()
    ]
    return [("", first), *tree] if first else tree
