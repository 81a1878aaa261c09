"""How ways out and the fate of a message are called on screen."""

from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.telling.foreseeing import Got

WAYS: dict[str, Phrase] = {
    "mail": _("by mail"),
    "web": _("by mail"),
    "phone": _("by telephone"),
    "chat": _("in the chat"),
    "sms": _("by text message"),
}
OUTCOMES: dict[str, Phrase] = {
    "sent": _("left"),
    "waiting": _("on its way"),
    "failed": _("could not be delivered"),
    "bounced": _("came back"),
    "cancelled": _("taken back"),
    "spared": _("not sent: they chose not to get such mail"),
}


def outcome_of(one: Got) -> str:
    """What became of it."""
    return in_language(OUTCOMES.get("spared" if one.error == "spared" else one.state, _("left")))
