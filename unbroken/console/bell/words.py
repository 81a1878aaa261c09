"""Why the bell rings, in words."""

from collections.abc import Collection

from unbroken.ground.words import _, in_language

WHY = {
    "missed": _("A promise was missed"),
    "due": _("A promise is at risk"),
    "leg": _("A target within the house is at risk"),
    "wrote": _("They wrote"),
    "called": _("You were called"),
    "given": _("Given to you"),
    "asked": _("You were asked to follow it"),
    "watched": _("News you follow"),
}
"""Why it rings, the most pressing first."""


def why(kinds: Collection[str]) -> str:
    """What happened, the most pressing first."""
    return " · ".join(in_language(word) for kind, word in WHY.items() if kind in kinds)
