"""What happens to news that goes to many."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "notice.made",
    says=_("News to many"),
    sample={"problem": 0, "message": "planned", "letters": 120, "plan": 3},
)
@dataclass(frozen=True)
class NoticeMade:
    """These are told because of something that happened to a problem, or to planned work."""

    problem: int
    message: str
    letters: int
    plan: int = 0


@event("notice.approved", says=_("News to many approved"))
@dataclass(frozen=True)
class NoticeApproved:
    """Somebody else than its author read it: it goes out."""


@event("notice.stopped", says=_("News to many stopped"))
@dataclass(frozen=True)
class NoticeStopped:
    """Whoever has not been told yet is not told."""


@event("notice_letter.addressed", says=_("To be told"), sample={"notice": 9, "contact": 31})
@dataclass(frozen=True)
class LetterAddressed:
    """One household will be told, once."""

    notice: int
    contact: int


@event("notice_letter.sent", says=_("Told"))
@dataclass(frozen=True)
class LetterSent:
    """The next server took it."""


@event("notice_letter.spared", says=_("Not told"), sample={"why": "over"})
@dataclass(frozen=True)
class LetterSpared:
    """There was no need any more, or no way: over, joined, receipt, wish, address, late."""

    why: str


@event(
    "end_wish.asked",
    says=_("Wants to be told when it is over"),
    sample={"problem": 4, "contact": 31, "service": 77},
)
@dataclass(frozen=True)
class EndWished:
    """Somebody pressed the button: at the end of this problem they are told, once."""

    problem: int
    contact: int
    service: int
