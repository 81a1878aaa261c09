"""When open requests will be over: reckoned from shifts, queues and what legs took before.

`foresee` answers for some of them or all; None is said where too little was learned, or where a
request is in no team. What was reckoned first of each is kept beside the record, and what came of
it moves what is reckoned now (`Trust`).
"""

import json
import zlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from unbroken.ground.kept import Kept, KeptMany
from unbroken.ground.sql import rows
from unbroken.routing import state
from unbroken.routing.ahead.history import KINDS, Happened, legs_of
from unbroken.routing.ahead.people import People, people_at
from unbroken.routing.ahead.work import Desk, InLine, OpenWork, backlogs, open_work
from unbroken.routing.estimate.queues import THROWS, Asked, Learned, Thrown
from unbroken.routing.estimate.trust import LATEST, Trust, curve_of
from unbroken.routing.models import Foreseen
from unbroken.routing.models import Learned as LearnedRow
from unbroken.staffing.shift_queries import kept_plans

LEGS = "legs"
TICKETS_MAX = 2000
LEGS_MIN = 40
"""With fewer legs of which the work is known, a figure would only look like knowledge."""

WAITS_KEPT = 500
SHAPE = 1
NEWCOMER_SECONDS = 60.0
GAP_SECONDS = 1800.0
"""A shorter stretch between two deeds lies within one shift."""


@dataclass(frozen=True, slots=True)
class Foreseeing:
    """What is foreseen of one request. `thrown`: seconds, before trust moved them; `curve`: of all
    that was thrown."""

    number: int
    version: int
    team_id: int | None
    at: datetime
    p50_at: datetime
    p80_at: datetime
    news_p50_at: datetime
    news_p80_at: datetime
    begins_at: datetime
    before: int
    thrown: tuple[float, float]
    curve: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownLegs:
    """What was learned of legs, and when."""

    legs: Learned
    at: datetime


# ── learning ──────────────────────────────────────────────────────────────────


def learn_legs(*, at: datetime) -> KnownLegs | None:
    """Learn from the latest requests; None when the work of too few legs is known."""
    learned, plans = Learned(), kept_plans()

    def worked(agent_id: int, since: datetime, until: datetime) -> float:
        seconds = (until - since).total_seconds()
        if seconds <= GAP_SECONDS or agent_id not in plans:
            return max(0.0, seconds)
        return plans[agent_id].calendar.worked(since, until)

    past = rows(Happened, "routing/queries/past_legs.sql", limit=TICKETS_MAX, kinds=list(KINDS))
    for leg, place in legs_of(past, worked):
        learned.learn(leg, place)
    if learned.timed < LEGS_MIN:
        return None
    state.keep_learned(LEGS, to_bytes(learned), at=at)
    kept_legs.forget()
    return known_legs()


def known_legs() -> KnownLegs | None:
    """What was learned last; None when there was too little to learn from."""
    return kept_legs()


_unpacked: dict[datetime, KnownLegs] = {}


def _read() -> KnownLegs | None:
    """Unpacked once a process, however often it is asked whether there is news."""
    stamp = LearnedRow.objects.filter(what=LEGS).values_list("learned_at", flat=True).first()
    if stamp is None:
        return None
    if stamp not in _unpacked:
        data = LearnedRow.objects.values_list("data", flat=True).get(what=LEGS)
        learned = from_bytes(bytes(data))
        if learned is None:
            return None
        _unpacked.clear()
        _unpacked[stamp] = KnownLegs(learned, stamp)
    return _unpacked[stamp]


kept_legs: Kept[KnownLegs | None] = Kept(_read)


def to_bytes(learned: Learned) -> bytes:
    """As it is kept."""
    document = {
        "shape": SHAPE,
        "times": [[*key, *sums] for key, sums in learned.times.items()],
        "waits": {kind: many[-WAITS_KEPT:] for kind, many in learned.waits.items()},
        "waited": sum(map(len, learned.waits.values())),
        "legs": learned.legs,
        "asks": [[place, *counts] for place, counts in learned.asks.items()],
        "then": [[*key, dict(counts)] for key, counts in learned.then.items()],
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode())


def from_bytes(data: bytes) -> Learned | None:
    """And back; None when it was kept in another shape."""
    document: dict[str, Any] = json.loads(zlib.decompress(data))
    if document["shape"] != SHAPE:
        return None
    learned = Learned()
    for team, topic, priority, *sums in document["times"]:
        learned.times[team, topic, priority] = sums
    learned.waits.update(document["waits"])
    kept = sum(map(len, learned.waits.values()))
    # Where not all waits were kept, the legs shrink with them: how often one waits stays so.
    learned.legs = round(document["legs"] * kept / document["waited"]) if kept else document["legs"]
    for place, legs, waited in document.get("asks", ()):
        learned.asks[place] = [legs, waited]
    for topic, team, place, counts in document["then"]:
        learned.then[topic, team, place] = Counter(counts)
    return learned


# ── foreseeing ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Backlog:
    team_id: int
    requests: int


def _told_before() -> Trust:
    """The latest that were told of: what became of them, or how long they have been open."""
    trust = Trust()
    latest = Foreseen.objects.exclude(first_curve=[]).order_by("-first_at")[:LATEST]
    for first, curve, ended, seen in latest.values_list(
        "first_at", "first_curve", "ended_at", "at"
    ):
        until = ended or seen
        trust.note(curve, max(0.0, (until - first).total_seconds()), is_over=ended is not None)
    return trust


kept_trust: Kept[Trust] = Kept(_told_before)


def foresee(
    numbers: Collection[int] | None = None, *, at: datetime, throws: int = THROWS
) -> list[Foreseeing]:
    """For these requests, or all that are open; nothing of those that are over or in no team."""
    known = known_legs()
    if known is None:
        return []
    work = open_work(numbers)
    wanted = None if numbers is None else frozenset(numbers)
    return [
        told(one, desk.forecast.throw(one.asked, throws=throws), desk.people, at)
        for desk in (desk_at(work, known.legs, is_whole=numbers is None, at=at),)
        for one in desk.in_line(work)
        if wanted is None or one.work.number in wanted
    ]


def desk_at(work: Sequence[OpenWork], learned: Learned, *, is_whole: bool, at: datetime) -> Desk:
    """The desk now; where `work` is not all that is open, the rest is counted."""
    if is_whole:
        backlog = backlogs(work, learned)
    else:
        counted = rows(_Backlog, "routing/queries/backlogs.sql")
        backlog = {one.team_id: one.requests * learned.usual("", str(one.team_id))
                   for one in counted}  # fmt: skip
    return Desk(people_at(at), learned, at, backlog)


def told(one: InLine, thrown: Thrown, people: People, at: datetime) -> Foreseeing:
    """Instants from seconds, moved as far as what was reckoned before was wrong."""
    start = one.asked.start
    half, most = thrown.half - start, thrown.most - start
    ends = [end - start for end in thrown.ends]
    moved_half, moved_most = kept_trust().moved(ends)
    news_half, news_most = thrown.news_half - start, thrown.news_most - start
    return Foreseeing(
        number=one.work.number,
        version=one.work.version,
        team_id=one.work.team_id,
        at=at,
        p50_at=at + timedelta(seconds=moved_half),
        p80_at=at + timedelta(seconds=moved_most),
        news_p50_at=at + timedelta(seconds=min(news_half, moved_half)),
        news_p80_at=at + timedelta(seconds=min(max(news_half, news_most), moved_most)),
        begins_at=people.base + timedelta(seconds=thrown.begins),
        before=one.before,
        thrown=(half, most),
        curve=tuple(curve_of(ends)),
    )


@dataclass(frozen=True, slots=True)
class Newcomer:
    """When half, and four of five, of what comes now to a team about a topic would be over."""

    p50: timedelta
    p80: timedelta


_newcomers: KeptMany[Newcomer | None] = KeptMany(NEWCOMER_SECONDS)


def of_newcomer(*, team_id: int, topic: str, priority: str, at: datetime) -> Newcomer | None:
    """For the acknowledgement: what just came is taken to come after all that lies there.

    Reckoned once a minute for all alike, so that a thousand mails at once cost no thousand looks.
    """
    known = known_legs()
    if known is None:
        return None
    key = (team_id, topic, priority)
    return _newcomers.get(key, lambda: _newcomer(team_id, topic, priority, known.legs, at))


def _newcomer(
    team_id: int, topic: str, priority: str, learned: Learned, at: datetime
) -> Newcomer | None:
    desk = desk_at((), learned, is_whole=False, at=at)
    if str(team_id) not in desk.forecast.capacity:
        return None
    ahead = max(0.0, desk.backlog.get(team_id, 0.0) - learned.usual("", str(team_id)))
    asked = Asked(topic, str(team_id), ahead, priority=priority, start=desk.start)
    thrown = desk.forecast.throw(asked)
    half, most = kept_trust().moved([end - desk.start for end in thrown.ends])
    return Newcomer(timedelta(seconds=half), timedelta(seconds=most))


def foresee_and_keep(numbers: Collection[int] | None = None, *, at: datetime) -> list[Foreseeing]:
    """The same, kept for whoever shows it."""
    found = foresee(numbers, at=at)
    if found:
        state.keep_foreseen(found, at=at)
    return found


def note_ended() -> None:
    """What came of those that are over is learned from now on."""
    state.note_ended()
    kept_trust.forget()
