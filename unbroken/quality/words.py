"""Refusals of this room, fit for the person who asked."""

from unbroken.ground.change import refusals
from unbroken.ground.words import _

refusals(
    {
        "review.own": _("Nobody reads their own answers again for the record."),
        "review.done_already": _("Somebody was faster: this answer was read again already."),
        "review.no_mark": _("Give a mark from 1 to 5."),
        "review.too_long": _("At most {letters} letters in one text."),
    }
)
