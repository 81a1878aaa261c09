"""Why somebody got a request, and why others did not, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from unbroken.ground.words import Phrase, _, in_language

WAYS: Mapping[str, Phrase] = {
    "pull": _("People take work themselves"),
    "push": _("Given to whoever has least in hand"),
    "turn": _("Given to one after the other"),
}
REASONS: Mapping[str, Phrase] = {
    "named": _("is named for this customer"),
    "before": _("dealt with this customer before"),
    "least": _("has least in hand"),
    "turn": _("it was their turn"),
    "skill": _("has the skill"),
    "language": _("writes the language"),
    "nobody_writes": _("nobody who is there writes the language"),
    "comes_next": _("nobody is there now, they come next"),
    "else_team": _("nobody of the other team will be there soon"),
    "untouched": _("it was not touched in time"),
    "shift_ended": _("the shift of who had it is over"),
    "ill": _("who had it is absent"),
    "nobody": _("nobody has a hand free"),
    "complaint": _("complaints go to the head of support"),
}
ASIDE: Mapping[str, Phrase] = {
    "had_it": _("had it before"),
    "skill": _("lacks the skill"),
    "authority": _("may not grant it"),
    "full": _("has enough in hand"),
    "off": _("is not on shift"),
    "ends_soon": _("leaves within a quarter of an hour"),
    "away": _("is away"),
    "writing": _("only writes now"),
    "call": _("is in a call"),
    "language": _("does not write the language"),
}


def in_words(reasons: Iterable[str]) -> str:
    """Why they, in one line."""
    return ", ".join(in_language(REASONS[one]) for one in reasons if one in REASONS)


INSTEAD: Mapping[str, Phrase] = {
    "off": _("{name} is off, so {taker}"),
    "ends_soon": _("{name} leaves within a quarter of an hour, so {taker}"),
    "away": _("{name} is away, so {taker}"),
    "full": _("{name} has enough in hand, so {taker}"),
    "call": _("{name} is in a call, so {taker}"),
    "writing": _("{name} only writes now, so {taker}"),
    "": _("{name}, who is named for them, could not, so {taker}"),
}
"""Why not who is named for the customer."""
INSTEAD_UNTIL = _("{name} is off until {until}, so {taker}")


def told(because: object) -> str:
    """The reason as it lies on record."""
    if not isinstance(because, Mapping):
        return ""
    return in_words(because.get("reasons", ()))


def instead_of(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who is named for the customer and did not get it, where an assignment says so."""
    because = data.get("because")
    return because.get("instead_of") if isinstance(because, Mapping) else None


def told_instead(one: Mapping[str, Any], *, name: str, taker: str, until: str) -> str:
    """Why somebody else: `until` is when they are on again, in words; empty where nobody knows."""
    if until:
        return in_language(INSTEAD_UNTIL, name=name, taker=taker, until=until)
    return in_language(INSTEAD.get(one["why"], INSTEAD[""]), name=name, taker=taker)
