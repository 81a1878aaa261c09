"""An alarm from outside opens a problem by itself, and clears it when it is over.

One element has one problem: what a person or the records opened first is that, and so is a problem
of anything that the element stands on. What ends it is the end of every alarm of the element and
its lines' own evidence; who is not back stays open alone.
"""

from datetime import datetime, timedelta

from unbroken.directory.topology_queries import services_below
from unbroken.evidence.facts import PlannedWindow
from unbroken.evidence.queries.alarms import alarms_of_elements, voices_of
from unbroken.evidence.queries.network import remembered
from unbroken.evidence.queries.windows import planned_windows
from unbroken.evidence.silence import causes, signs
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign
from unbroken.ground.actor import HOUSE
from unbroken.outage import actions, alarmed, queries
from unbroken.outage.alone import one_at_a_time
from unbroken.outage.following import severity_of
from unbroken.outage.ids import ProblemId
from unbroken.outage.queries.problems import Problem

FRESH = timedelta(minutes=10)
"""What comes later than this tells history, and history opens nothing."""

REMEMBERED = timedelta(days=2)
OVERLAP = 200
"""Numbers are drawn before they are committed: so many behind the last are looked at again."""

AGAIN_WITHIN = timedelta(minutes=15)
BACK_SHARE = 0.9


class Alarming:
    """Call `look` every few seconds. Its memory is made anew from the records."""

    def __init__(self, *, at: datetime) -> None:
        self.board = alarmed.Board()
        self._last = 0
        self._seen: set[int] = set()
        self._opening_from = at - FRESH
        earliest = min((one.since for one in _raised_here()), default=at)
        self._hear(since=min(at - REMEMBERED, earliest - FRESH))

    def look(self, *, at: datetime) -> None:
        """Hear what came, open what is believed, end what is over."""
        self._hear(since=at - FRESH)
        standing = [one for one in self.board.standing(at=at) if self._is_fresh(one)]
        for alarm in sorted(standing, key=lambda one: _height(one.element)):
            _maybe_open(alarm, at=at)
        for problem in _raised_here():
            self._maybe_end(problem, at=at)

    def _is_fresh(self, one: alarmed.Standing) -> bool:
        is_news = one.received_at - one.since <= FRESH
        return is_news and one.received_at >= self._opening_from

    def _hear(self, *, since: datetime) -> None:
        heard = alarms_of_elements(after=self._last - OVERLAP, since=since)
        self.board.hear_all(one for one in heard if one.id not in self._seen)
        if heard:
            self._last = max(self._last, heard[-1].id)
            self._seen = {one.id for one in heard if one.id > self._last - OVERLAP}

    def _maybe_end(self, problem: Problem, *, at: datetime) -> None:
        quiet = self.board.quiet_since(problem.element)
        if quiet is None or at - quiet < alarmed.STANDS:
            return
        away = queries.affected_by(problem.id, only_away=True)
        left = queries.still_silent(problem.id)
        if len(left) > (1 - BACK_SHARE) * len(away):
            return
        actions.end_problem(
            problem_id=ProblemId(problem.id), until=quiet, left=left, by=HOUSE, at=at
        )


def _raised_here() -> list[Problem]:
    """Open ones that stand on an alarm alone."""
    return [
        one for one in queries.open_problems() if one.origin == "alarm" and one.finding_id is None
    ]


def _height(element: str) -> int:
    return remembered().network.height(element)


def _maybe_open(alarm: alarmed.Standing, *, at: datetime) -> None:
    """Open a problem, or that of a moment ago again, if this is to be believed and is news."""
    network = remembered().network
    if _is_known(network, alarm, queries.open_problems()):
        return
    services = [one.id for one in services_below(alarm.element)]
    if len(services) < alarmed.SERVICES_MIN:
        return
    window = _excuse(network, alarm, at=at)
    if window is not None and at <= window.until:
        return
    if not alarmed.is_believed(alarm, voices_of(services, since=alarm.since, at=at), at=at):
        return
    with one_at_a_time():
        known = queries.open_problems()
        if _is_known(network, alarm, known):
            return
        number = _open(network, alarm, services, window, at=at)
        for one in known:
            if one.finding_id is None and network.stands_on(one.element, alarm.element):
                actions.merge_problem(problem_id=ProblemId(one.id), into=number, by=HOUSE, at=at)


def _is_known(network: Network, alarm: alarmed.Standing, known: list[Problem]) -> bool:
    """Whether it, or something that it stands on, has a problem already."""
    chain = network.chain(alarm.element)
    return any(one.element in chain for one in known)


def _open(
    network: Network,
    alarm: alarmed.Standing,
    services: list[int],
    window: PlannedWindow | None,
    *,
    at: datetime,
) -> ProblemId:
    gone = dict.fromkeys(services, alarm.since)
    before = queries.ended_lately(alarm.element, since=at - AGAIN_WITHIN)
    if before is not None:
        number = ProblemId(before)
        actions.reopen_problem(problem_id=number, since=alarm.since, by=HOUSE, at=at)
        actions.affect_services(problem_id=number, services=gone, by=HOUSE, at=at)
        return number
    return actions.open_problem(
        element=alarm.element,
        origin="alarm",
        severity=severity_of(services),
        cause=causes.cause_of_work(overran=True) if window else _cause(network, alarm),
        since=alarm.since,
        detected_at=alarm.received_at,
        services=gone,
        announced=window.key if window else "",
        by=HOUSE,
        at=at,
    )


def _cause(network: Network, alarm: alarmed.Standing) -> str:
    since, received = alarm.since.timestamp(), alarm.received_at.timestamp()
    said = Sign(received, since, signs.ELEMENT_LOST, alarm.element, why=alarm.kind)
    return causes.cause_of(network, SilentElement(alarm.element, since, received, signs=[said]))


def _excuse(network: Network, alarm: alarmed.Standing, *, at: datetime) -> PlannedWindow | None:
    """Work that was announced on it, or on what it stands on."""
    chain = network.chain(alarm.element)
    for window in planned_windows(since=alarm.since, until=at, known_by=at):
        is_within = window.since - STRETCH <= alarm.since < window.until
        counts = window.status != causes.CANCELLED and window.impact in causes.EXCUSES
        if is_within and counts and any(key in chain for key in window.resources):
            return window
    return None


STRETCH = timedelta(seconds=causes.TOLERANCE_SECONDS)
