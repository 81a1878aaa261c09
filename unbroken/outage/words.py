"""Refusals of this room, fit for the person who asked."""

from unbroken.ground.change import refusals
from unbroken.ground.words import _

refusals(
    {
        "problem.cannot_go": _("This problem is over, or was closed: look again."),
        "problem.no_element": _("Say what failed: something the inventory knows."),
        "problem.unknown_value": _("{value} is not one of those to choose from."),
        "problem.nothing_said": _("Write something first."),
        "problem.too_long": _("At most {letters} letters in one text."),
        "problem.news_in_the_past": _("The next news must come later than now."),
        "problem.is_open": _("It is open already, as problem {problem}."),
        "problem.not_affected": _("This service is not affected by it."),
        "problem.arrives_when": _("Say in how many minutes: from 1 to 600."),
    }
)
