"""Who did something: whose names the story of a ticket needs, and what the nameless are called."""

from collections.abc import Iterable

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _, in_language
from unbroken.routing.reasons import instead_of

HOUSE_NAME, CUSTOMER_SIDE, NOBODY = _("Unbroken"), _("Customer"), _("Somebody")


def nameless(actor: str) -> str:
    """Somebody whose name is not known any more, or never was."""
    if actor.startswith("house"):
        return in_language(HOUSE_NAME)
    if actor.startswith("contact:"):
        return in_language(CUSTOMER_SIDE)
    return in_language(NOBODY)


def named_in(events: Iterable[LoggedEvent], authors: Iterable[str]) -> dict[str, list[int]]:
    """Whose names the story needs, by kind."""
    found: dict[str, set[int]] = {
        "agents": set(),
        "contacts": set(),
        "teams": set(),
        "topics": set(),
    }
    for actor in authors:
        kind, _colon, key = actor.partition(":")
        if f"{kind}s" in found and key.isdigit():
            found[f"{kind}s"].add(int(key))
    for event in events:
        for field, kind in (
            ("agent", "agents"),
            ("drafted_by", "agents"),
            ("team", "teams"),
            ("topic", "topics"),
            ("contact", "contacts"),
        ):
            if isinstance(event.data.get(field), int):
                found[kind].add(event.data[field])
        if (named := instead_of(event.data)) is not None:
            found["agents"].add(named["agent"])
    return {kind: sorted(ids) for kind, ids in found.items()}
