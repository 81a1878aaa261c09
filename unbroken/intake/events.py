"""What happens at the door."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("intake.taken", says=_("Taken in, raw"), sample={"channel": "mail", "size": 2048})
@dataclass(frozen=True)
class IntakeTaken:
    """It is ours from this commit on; the other side is told so only after it."""

    channel: str
    size: int


@event("intake.read", says=_("Read"), sample={"outcome": "opened", "ticket": 100001})
@dataclass(frozen=True)
class IntakeRead:
    """What reading made of it: opened, joined, remark, bounce, answered, held, kept."""

    outcome: str
    ticket: int | None = None


@event(
    "mailbox.set",
    says=_("Mailbox changed"),
    sample={"key": "support", "was": {"language": "en"}, "now": {"language": "it"}},
)
@dataclass(frozen=True)
class MailboxSet:
    """A mailbox was added, or changed from what it was; a new password leaves no trace."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "channel.set",
    says=_("What a channel does was changed"),
    sample={"key": "form", "was": {"strangers": True}, "now": {"strangers": False}},
)
@dataclass(frozen=True)
class ChannelSet:
    """An operator said something else of a way in or out; a new password leaves no trace."""

    key: str
    was: Mapping[str, object]
    now: Mapping[str, object]
