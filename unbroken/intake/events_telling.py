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


@event("notice_letter.sent", says=_("Told"), sample={"fell_back": ""})
@dataclass(frozen=True)
class LetterSent:
    """The next server took it. `fell_back`: why by mail, of whom chose another way: noNumber."""

    fell_back: str = ""


@event("notice_letter.returned", says=_("Came back"), sample={"why": "address"})
@dataclass(frozen=True)
class LetterReturned:
    """It left and found nobody; `why` as the other server said: address, full, other."""

    why: str


@event("notice_letter.to_call", says=_("To be called"), sample={"why": "address"})
@dataclass(frozen=True)
class LetterToCall:
    """A person has to call: they chose so (chosen), or no mail reaches them (address)."""

    why: str


@event("notice_letter.called", says=_("Called"))
@dataclass(frozen=True)
class LetterCalled:
    """A colleague called and told them."""


@event("notice_letter.spared", says=_("Not told"), sample={"why": "over"})
@dataclass(frozen=True)
class LetterSpared:
    """There was no need any more, or no way: over, joined, receipt, wish, portal, address, late."""

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
