"""Why the bell rings, in words."""

from collections.abc import Collection

from unbroken.ground.words import _, in_language

WHY = {
    "paged": _("You are paged"),
    "unheard": _("Nobody answered a page"),
    "complaint": _("You answer for a complaint"),
    "not_well": _("The customer says that it is not well"),
    "missed": _("A promise was missed"),
    "foreseen": _("A promise will probably be missed"),
    "due": _("A promise is at risk"),
    "leg": _("A target within the house is at risk"),
    "again": _("It went back and forth: look into it"),
    "asked_back": _("A colleague asks about what you handed over"),
    "answered": _("Your question was answered"),
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
