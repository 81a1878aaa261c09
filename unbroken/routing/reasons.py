"""Why somebody got a request, and why others did not, in words."""

from collections.abc import Iterable, Mapping

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


def told(because: object) -> str:
    """The reason as it lies on record."""
    if not isinstance(because, Mapping):
        return ""
    return in_words(because.get("reasons", ()))
