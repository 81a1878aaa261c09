"""What happens to a problem. Whoever tells customers listens here; nothing here tells anybody."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _
from unbroken.outage import events_news as events_news

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
    sample={"services": [77], "until": "2026-05-24T07:40:00+00:00", "late": True},
)
@dataclass(frozen=True)
class ServiceRestored:
    """These services work again; `until`: the latest of them. `late`: it was over already."""

    services: tuple[int, ...]
    until: datetime
    late: bool = False


@event(
    "problem.step_taken",
    says=_("The crew reported"),
    sample={"step": "left", "due_at": "2026-05-24T05:10:00+00:00", "note": 45},
)
@dataclass(frozen=True)
class StepTaken:
    """The crew: left, minutes (they arrive at `due_at`), working, done, notDone.

    `note`: a word of theirs to colleagues, never to customers.
    """

    step: str
    due_at: datetime | None = None
    note: int | None = None


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
    """It is over. `left`: services not back by their own evidence; they have a little time."""

    until: datetime
    left: tuple[int, ...] = ()


@event("problem.left_alone", says=_("Not back with the others"), sample={"services": [79]})
@dataclass(frozen=True)
class LeftAlone:
    """So long after the end these are not back: their lines have something of their own."""

    services: tuple[int, ...]


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


_PLAN = {
    "since": "2026-06-07T01:00:00+00:00",
    "until": "2026-06-07T05:00:00+00:00",
    "resources": ["cable-44"],
    "impact": "OUTAGE",
}


@event("plan.drafted", says=_("Work planned"), sample=_PLAN)
@dataclass(frozen=True)
class PlanDrafted:
    """Somebody thinks of working on the network; nothing follows from it yet."""

    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str


@event("plan.changed", says=_("Plan changed"), sample=_PLAN)
@dataclass(frozen=True)
class PlanChanged:
    """A draft is another one now; what was proposed is a draft again."""

    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str


@event("plan.proposed", says=_("Plan proposed"), sample={"services": 117})
@dataclass(frozen=True)
class PlanProposed:
    """Its author asks for approval; so many services would be touched."""

    services: int


@event("plan.sent_back", says=_("Plan sent back"), sample={})
@dataclass(frozen=True)
class PlanSentBack:
    """Not like this: it is a draft again."""


@event(
    "plan.announced",
    says=_("Planned work announced"),
    sample={**_PLAN, "services": 117, "despite": ["short_notice"]},
)
@dataclass(frozen=True)
class PlanAnnounced:
    """Approved: whoever it touches may be told. `despite`: conflicts that were accepted."""

    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str
    services: int
    despite: tuple[str, ...] = ()


@event(
    "plan.moved",
    says=_("Announced work moved"),
    sample={
        **_PLAN,
        "was_since": "2026-06-06T01:00:00+00:00",
        "was_until": "2026-06-06T05:00:00+00:00",
    },
)
@dataclass(frozen=True)
class PlanMoved:
    """It was announced for another time, or is extended while it goes on."""

    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str
    was_since: datetime
    was_until: datetime


@event("plan.begun", says=_("Planned work begun"), sample={})
@dataclass(frozen=True)
class PlanBegun:
    """They are at it."""


@event("plan.finished", says=_("Planned work done"), sample={"overran": False})
@dataclass(frozen=True)
class PlanFinished:
    """It is done; from now on nothing is excused by it."""

    overran: bool


@event(
    "plan.overran",
    says=_("Planned work takes longer"),
    sample={"until": "2026-06-07T05:00:00+00:00", "resources": ["cable-44"]},
)
@dataclass(frozen=True)
class PlanOverran:
    """Its time is over and nobody said that it is done: what is away now is an outage."""

    until: datetime
    resources: tuple[str, ...]


@event("plan.called_off", says=_("Planned work called off"), sample={"was_announced": True})
@dataclass(frozen=True)
class PlanCalledOff:
    """It will not be. `was_announced`: somebody may have been told."""

    was_announced: bool


@event(
    "freeze.set",
    says=_("Days without work changed"),
    sample={"first": "2026-12-20", "last": "2027-01-06", "on": True},
)
@dataclass(frozen=True)
class FreezeSet:
    """On these days nobody works on the network, or they may again."""

    first: str
    last: str
    on: bool


@event(
    "notice_period.set",
    says=_("Notice of planned work changed"),
    sample={"agreement": "business", "hours": 240, "was": 120},
)
@dataclass(frozen=True)
class NoticePeriodSet:
    """So many hours before, those under this agreement are told."""

    agreement: str
    hours: int
    was: int | None = None
