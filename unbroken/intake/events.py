"""What happens at the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _
from unbroken.intake import events_crew as events_crew
from unbroken.intake import events_telling as events_telling
from unbroken.intake import events_well as events_well


@event("intake.taken", says=_("Taken in, raw"), sample={"channel": "mail", "size": 2048})
@dataclass(frozen=True)
class IntakeTaken:
    """It is ours from this commit on; the other side is told so only after it."""

    channel: str
    size: int


@event("intake.read", says=_("Read"), sample={"outcome": "opened", "ticket": 100001})
@dataclass(frozen=True)
class IntakeRead:
    """What reading made of it: opened, joined, remark, bounce, answered, held, kept, reported."""

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


_NOTICE = {
    "provider": "netco.example",
    "number": "MW-117",
    "things": ["NC/ring/0004"],
    "impact": "OUTAGE",
    "status": "CONFIRMED",
    "starts_at": "2026-05-24T01:00:00+00:00",
    "ends_at": "2026-05-24T05:00:00+00:00",
}


@event(
    "carrier_notice.read",
    says=_("A carrier's notice of work was read"),
    sample={"state": "waiting", "doubts": ["no_zone"], "ticket": 100001, "says": _NOTICE},
)
@dataclass(frozen=True)
class CarrierNoticeRead:
    """As it was read; without doubts it is a window at once, else a person decides."""

    state: str
    doubts: Sequence[str]
    ticket: int
    says: Mapping[str, object]


@event(
    "carrier_notice.accepted",
    says=_("A carrier's notice was accepted"),
    sample={"was": None, "now": _NOTICE},
)
@dataclass(frozen=True)
class CarrierNoticeAccepted:
    """A person stands for the window; `was` is how it had been read, where they corrected it."""

    now: Mapping[str, object]
    was: Mapping[str, object] | None = None


@event("carrier_notice.refused", says=_("A carrier's notice was refused"), sample={})
@dataclass(frozen=True)
class CarrierNoticeRefused:
    """A person decided that it makes no window."""


@event(
    "carrier_notice.replaced",
    says=_("A later edition of the notice came"),
    sample={"by_notice": 7},
)
@dataclass(frozen=True)
class CarrierNoticeReplaced:
    """Nobody has to decide on it any more."""

    by_notice: int
