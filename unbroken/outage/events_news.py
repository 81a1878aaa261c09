"""What happens to the promise of the next news."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

_DUE = {"due_at": "2026-05-24T07:00:00+00:00", "promised_by": "agent:3"}


@event("problem.news_warned", says=_("The next news is nearly due"), sample=_DUE)
@dataclass(frozen=True)
class NewsWarned:
    """Its time is near and nobody has given it; `promised_by`: who said when it comes."""

    due_at: datetime
    promised_by: str


@event("problem.news_missed", says=_("The next news did not come in time"), sample=_DUE)
@dataclass(frozen=True)
class NewsMissed:
    """Its time is over and nobody gave it."""

    due_at: datetime
    promised_by: str
