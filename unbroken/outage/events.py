"""What happens to a problem. Whoever tells customers listens here; nothing here tells anybody."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

_AT = "2026-05-24T04:10:00+00:00"


@event(
    "problem.opened",
    says=_("Problem opened"),
    sample={
        "element": "cable-44",
        "origin": "silence",
        "severity": "major",
        "since": _AT,
        "detected_at": "2026-05-24T04:11:20+00:00",
        "cause": "cable_cut",
        "services": [77, 78, 79],
    },
)
@dataclass(frozen=True)
class ProblemOpened:
    """Many services suffer from one thing. `services` are those known at once."""

    element: str
    origin: str
    severity: str
    since: datetime
    detected_at: datetime
    cause: str = ""
    announced: str = ""
    services: tuple[int, ...] = ()


@event(
    "problem.element_changed",
    says=_("Named more exactly"),
    sample={"was": "cable-44", "element": "dslam-7", "cause": "access_node"},
)
@dataclass(frozen=True)
class ProblemElementChanged:
    """It lies elsewhere than we thought first, or has another likely cause; still a guess."""

    was: str
    element: str
    cause: str = ""


@event("problem.rated", says=_("Severity changed"), sample={"severity": "critical", "was": "major"})
@dataclass(frozen=True)
class ProblemRated:
    """How bad it is: by services and what was promised for them, or as somebody said."""

    severity: str
    was: str = ""


@event(
    "problem.service_affected",
    says=_("More services are affected"),
    sample={"services": [80, 81], "since": _AT},
)
@dataclass(frozen=True)
class ServiceAffected:
    """These services suffer from it too; `since`: the earliest of them."""

    services: tuple[int, ...]
    since: datetime


@event(
    "problem.service_restored",
    says=_("Services are back"),
    sample={"services": [77], "until": "2026-05-24T07:40:00+00:00"},
)
@dataclass(frozen=True)
class ServiceRestored:
    """These services work again; `until`: the latest of them."""

    services: tuple[int, ...]
    until: datetime


@event(
    "problem.step_taken",
    says=_("The crew reported"),
    sample={"step": "left", "due_at": "2026-05-24T05:10:00+00:00"},
)
@dataclass(frozen=True)
class StepTaken:
    """The crew: left, minutes (they arrive at `due_at`), working, done, notDone."""

    step: str
    due_at: datetime | None = None


@event("problem.news_due", says=_("Next news promised"), sample={"next_at": _AT})
@dataclass(frozen=True)
class NewsDue:
    """When the next news comes: a promise. Empty: none is promised any more."""

    next_at: datetime | None = None


@event("problem.news_given", says=_("News given"), sample={"words": 45, "next_at": _AT})
@dataclass(frozen=True)
class NewsGiven:
    """What there is to say now, in words for customers; and when the next news comes."""

    words: int
    next_at: datetime | None = None


@event(
    "problem.ended",
    says=_("Service is back"),
    sample={"until": "2026-05-24T07:40:00+00:00", "left": [79]},
)
@dataclass(frozen=True)
class ProblemEnded:
    """It is over. `left`: services that are not back by their own evidence, and stay open alone."""

    until: datetime
    left: tuple[int, ...] = ()


@event("problem.reopened", says=_("It is back"), sample={"since": "2026-05-24T08:02:00+00:00"})
@dataclass(frozen=True)
class ProblemReopened:
    """It was over too soon: the same thing failed again."""

    since: datetime


@event("problem.closed", says=_("Problem closed"))
@dataclass(frozen=True)
class ProblemClosed:
    """Nothing is left to do about it."""


@event("problem.cancelled", says=_("It was no problem"), sample={"words": 45})
@dataclass(frozen=True)
class ProblemCancelled:
    """It never was one; `words` say why."""

    words: int | None = None


@event(
    "problem.cause_confirmed",
    says=_("Cause confirmed"),
    sample={"cause": "cable_cut", "was": "access_node"},
)
@dataclass(frozen=True)
class CauseConfirmed:
    """Somebody saw what it was: a fact now, no guess."""

    cause: str
    was: str = ""


@event("problem.workaround_told", says=_("Workaround written"), sample={"words": 45})
@dataclass(frozen=True)
class WorkaroundTold:
    """What helps meanwhile, in words for customers. No words: it helps no more."""

    words: int | None = None


@event(
    "problem.partner_asked",
    says=_("Handed to a partner"),
    sample={"partner": 3, "ticket": "NC-2026-4711"},
)
@dataclass(frozen=True)
class PartnerAsked:
    """A partner repairs it, under a number of its own."""

    partner: int | None = None
    ticket: str = ""


@event(
    "problem.backup_set",
    says=_("Backup changed"),
    sample={"service": 78, "backup": "mobileRouter", "state": "sent"},
)
@dataclass(frozen=True)
class BackupSet:
    """What a service works with meanwhile: failover or mobileRouter; asked, sent, inUse, …"""

    service: int
    backup: str
    state: str


@event("problem.learned", says=_("What was learned"), sample={"root_cause": 46, "lesson": 47})
@dataclass(frozen=True)
class ProblemLearned:
    """Why it happened in the end, and what is done so that it does not again."""

    root_cause: int | None = None
    lesson: int | None = None


@event("problem.merged", says=_("It was part of another problem"), sample={"into": 12})
@dataclass(frozen=True)
class ProblemMerged:
    """Its services and requests go on with that one. Nobody is told that it is over."""

    into: int


@event("problem.backed", says=_("The records confirm it"), sample={"finding": 3})
@dataclass(frozen=True)
class ProblemBacked:
    """What an alarm or a person said first is seen in the records: it follows them from now on."""

    finding: int
