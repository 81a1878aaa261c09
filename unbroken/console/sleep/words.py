"""How sleeping is said: the words of the story, and the keys of the forms. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from unbroken.ground.words import _, in_language

ANSWER: Final = "answer"
WAKE: Final = "wake"
PICKED: Final = "date"

UNTIL_ONLY = _("Sleeps until {until}, whatever the customer writes")
UNTIL_OR_ANSWER = _("Sleeps until {until} or until the customer answers")
UNTIL_ANSWER = _("Sleeps until the customer answers")
WOKEN = {
    "date": _("Back in the list: its time has come"),
    "answer": _("Back in the list: the customer answered"),
    "somebody": _("Woken up"),
}


def sleep_words(kind: str, data: Mapping[str, Any], until: str) -> str:
    """One line of the story about a ticket that fell asleep or woke up."""
    if kind == "ticket.woken":
        return in_language(WOKEN.get(str(data.get("because")), WOKEN["somebody"]))
    if not until:
        return in_language(UNTIL_ANSWER)
    return in_language(UNTIL_ONLY if data.get("sleep") == PICKED else UNTIL_OR_ANSWER, until=until)
