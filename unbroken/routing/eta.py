"""How much longer our own requests will take.

Where the work of enough legs is known, from shifts, queues and legs (`ahead`); what that cannot
answer (a desk whose history came from another one, a request in no team) from those that stood
alike before (`estimate`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from unbroken.ground.kept import Kept
from unbroken.ground.sql import rows
from unbroken.routing import state
from unbroken.routing.ahead import foresee
from unbroken.routing.estimate.learning import TooLittle, learn
from unbroken.routing.estimate.log import Case
from unbroken.routing.estimate.model import Model
from unbroken.routing.estimate.standing import standings
from unbroken.routing.estimate.stored import from_bytes, to_bytes
from unbroken.routing.models import Learned
from unbroken.routing.past import KINDS, PastEvent, cases, until_news

RESOLUTION, NEWS = "resolution", "news"
TICKETS_MAX = 2000
ENDS_MIN = 40
"""With fewer that ended, a figure would only look like knowledge."""

TREES, SAMPLE = 24, 5000
STALE = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Estimate:
    """When half of such requests, and four of five, are resolved and have heard from us.

    `begins_at`: when somebody will probably begin with it, `before`: how many they take before it;
    both only where it was reckoned from shifts and queues.
    """

    number: int
    p50_at: datetime
    p80_at: datetime
    news_p50_at: datetime | None
    news_p80_at: datetime | None
    learned_from: int
    learned_at: datetime
    before: int | None = None
    begins_at: datetime | None = None

    @property
    def how(self) -> str:
        """From what it was reckoned."""
        return "record" if self.begins_at is None else "queues"


@dataclass(frozen=True, slots=True)
class Known:
    """The models in use, and since when."""

    models: Mapping[str, Model]
    at: datetime


def learn_now(*, at: datetime) -> Known | None:
    """Learn from the latest requests; None when too few have ended to say anything."""
    foresee.learn_legs(at=at)
    events = rows(PastEvent, "routing/queries/past_steps.sql", limit=TICKETS_MAX, kinds=list(KINDS))
    past = [case for case in cases(events) if case.steps]
    if sum(case.end is not None for case in past) < ENDS_MIN:
        return None
    _learn(RESOLUTION, past, at)
    waits = [case for case in until_news(events) if case.steps]
    if sum(case.end is not None for case in waits) >= ENDS_MIN:
        _learn(NEWS, waits, at)
    kept_models.forget()
    return known()


def _learn(what: str, past: list[Case], at: datetime) -> None:
    try:
        model = learn(past, as_picture=True, trees=TREES, sample=SAMPLE)
    except TooLittle:
        return
    state.keep_learned(what, to_bytes(model), at=at)


_kept: dict[tuple[str, datetime], Model] = {}


def _read() -> Known | None:
    """Models are unpacked once a process, however often it is asked whether there are new ones."""
    found: dict[str, Model] = {}
    kept = Learned.objects.filter(what__in=[RESOLUTION, NEWS])
    stamps = dict(kept.values_list("what", "learned_at"))
    for what, learned_at in stamps.items():
        if (what, learned_at) not in _kept:
            model = from_bytes(bytes(Learned.objects.values_list("data", flat=True).get(what=what)))
            if model is None:
                continue
            _kept[what, learned_at] = model
        found[what] = _kept[what, learned_at]
    for old in _kept.keys() - set(stamps.items()):
        del _kept[old]
    return Known(found, stamps[RESOLUTION]) if RESOLUTION in found else None


kept_models: Kept[Known | None] = Kept(_read)


def known() -> Known | None:
    """What was learned last; None when there was too little to learn from."""
    return kept_models()


def learned_at() -> datetime | None:
    """When it was learned last; both ways of reckoning learn together."""
    legs, record = foresee.known_legs(), known()
    return max((one.at for one in (legs, record) if one is not None), default=None)


def is_anything_known() -> bool:
    """Whether anything can be said of any request."""
    return foresee.known_legs() is not None or known() is not None


def estimates(numbers: Collection[int] | None, *, at: datetime) -> list[Estimate]:
    """For these requests, or all that are open; those that are over have none."""
    found = {one.number: of_queues(one) for one in foresee.foresee(numbers, at=at)}
    rest = None if numbers is None else [one for one in numbers if one not in found]
    if rest or not found:
        found |= {one.number: one for one in from_record(rest, at=at)}
    return [found[number] for number in sorted(found)]


def of_queues(one: foresee.Foreseeing) -> Estimate:
    """What was reckoned from shifts and queues."""
    legs = foresee.known_legs()
    assert legs is not None
    return Estimate(
        number=one.number,
        p50_at=one.p50_at,
        p80_at=one.p80_at,
        news_p50_at=one.news_p50_at,
        news_p80_at=one.news_p80_at,
        learned_from=legs.legs.timed,
        learned_at=legs.at,
        before=one.before,
        begins_at=one.begins_at,
    )


def from_record(numbers: Collection[int] | None, *, at: datetime) -> list[Estimate]:
    """As those before them that stood alike."""
    learned = known()
    if learned is None:
        return []
    events = rows(
        PastEvent,
        "routing/queries/open_steps.sql",
        numbers=None if numbers is None else list(numbers),
        kinds=list(KINDS),
    )
    return [
        one
        for _, of_one in groupby(events, key=lambda event: event.number)
        if (one := _estimate(list(of_one), learned, at)) is not None
    ]


def _estimate(events: list[PastEvent], learned: Known, at: datetime) -> Estimate | None:
    case = next(cases(events))
    if not case.steps:
        return None
    wait = list(until_news(events))[-1]
    news = learned.models.get(NEWS)
    end = _ends(learned.models[RESOLUTION], case, at)
    heard = _ends(news, wait, at) if news is not None and wait.end is None else (None, None)
    return Estimate(
        number=events[0].number,
        p50_at=end[0],
        p80_at=end[1],
        news_p50_at=heard[0],
        news_p80_at=heard[1],
        learned_from=learned.models[RESOLUTION].learned_from,
        learned_at=learned.at,
    )


def _ends(model: Model, case: Case, at: datetime) -> tuple[datetime, datetime]:
    """When half and four of five of those end that stand so and have been silent for so long."""
    last = case.steps[-1].at
    silent = max(0.0, at.timestamp() - last)
    p50, p80 = model.both(standings(case)[-1], silent=silent)
    return at + timedelta(seconds=p50 - silent), at + timedelta(seconds=max(p50, p80) - silent)
