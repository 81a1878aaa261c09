"""When a request will be over: from who is on, what lies before it and what is left to do. Pure.

What is left is a chain of legs. Each waits for its team: the work ahead of it in the order in which
it is taken, while people of that team are on. How long a leg takes and where it goes next was
learned, with few cases leaning on coarser groups. Many weeks are thrown with dice (Monte Carlo);
half, and four of five, of them are the answer. All times are seconds from the instant asked about.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp, log, sqrt
from random import Random

OVER = ""
"""Where a chain goes when it is done."""

SHRINK = 8.0
"""So many cases of a group count half for themselves, half for the coarser one."""

LEAN_MOST = 1000.0
"""The same, of groups that differ by no more than chance would make them."""

LEGS_MAX = 12
WAIT = 4 * 3600.0
"""So long a wait for others takes before any was seen."""

THROWS = 60
SPREAD = 0.7
"""Of the logarithm of a leg's time before any was seen: two of three within half and double."""


class Capacity:
    """How many people of a team are on, from instant to instant, and what they get done."""

    def __init__(self, steps: Sequence[tuple[float, float]], horizon: float) -> None:
        """`steps`: from this second on so many people; until the horizon, then as on average."""
        self.times = [one for one, _ in steps] + [horizon]
        self.people = [people for _, people in steps]
        self.done = [0.0]
        self.staffed = [0.0]
        for place, people in enumerate(self.people):
            span = self.times[place + 1] - self.times[place]
            self.done.append(self.done[-1] + span * people)
            self.staffed.append(self.staffed[-1] + (span if people else 0.0))
        self.horizon = horizon

    def done_by(self, at: float) -> float:
        """Seconds of work that the team can have done by then."""
        return self._at(self.done, at)

    def when_done(self, work: float) -> float:
        """When so much work can be done."""
        return self._when(self.done, work)

    def after(self, start: float, seconds: float) -> float:
        """When one person is through with so much, working whenever anybody is on."""
        return self._when(self.staffed, self._at(self.staffed, start) + seconds)

    def _at(self, sums: Sequence[float], at: float) -> float:
        if at >= self.horizon:
            return sums[-1] * at / self.horizon
        place = max(0, bisect_right(self.times, at) - 1)
        span = self.times[place + 1] - self.times[place]
        part = (at - self.times[place]) / span if span else 0.0
        return sums[place] + part * (sums[place + 1] - sums[place])

    def _when(self, sums: Sequence[float], wanted: float) -> float:
        if wanted <= 0:
            return 0.0
        if wanted > sums[-1]:
            return self.horizon * wanted / sums[-1] if sums[-1] else self.horizon * 2
        place = bisect_left(sums, wanted) - 1
        gain = sums[place + 1] - sums[place]
        part = (wanted - sums[place]) / gain
        return self.times[place] + part * (self.times[place + 1] - self.times[place])


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the past: its work in seconds (0: nobody knows), the wait for others in it, and
    where it went. `waited_for`: the customer, a partner …"""

    topic: str
    team: str
    seconds: float
    waited: float
    then: str
    priority: str = ""
    waited_for: str = ""


Key = tuple[str, str, str]
"""A team, a topic, a priority; those left empty stand for all."""


@dataclass
class Learned:
    """How long legs take, how often and how long they wait for others, and where they go next."""

    times: dict[Key, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0] * 3))
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    legs: int = 0
    asks: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """Legs at each place, and those of them that waited for others."""

    then: dict[tuple[str, str, int], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    _lean: dict[tuple[str, int], float] = field(default_factory=dict, repr=False, compare=False)

    def learn(self, one: Leg, place: int) -> None:
        """One more leg, the `place`th of its request."""
        if one.seconds:
            said = log(max(1.0, one.seconds))
            for key in set(_groups(one.topic, one.team, one.priority)):
                sums = self.times[key]
                sums[0], sums[1], sums[2] = sums[0] + 1, sums[1] + said, sums[2] + said * said
        for then in ((one.topic, one.team, min(place, 3)), ("", one.team, min(place, 3))):
            self.then[then][one.then] += 1
        self.legs += 1
        known = self.asks[min(place, 3)]
        known[0], known[1] = known[0] + 1, known[1] + bool(one.waited)
        if one.waited:
            self.waits[one.waited_for].append(one.waited)

    @property
    def timed(self) -> int:
        """Of so many legs the time of work is known."""
        return int(self.times[ALL][0]) if ALL in self.times else 0

    def time_of(self, topic: str, team: str, priority: str = "") -> tuple[float, float]:
        """Mean and spread of the logarithm of a leg's seconds."""
        mean, square = log(300.0), log(300.0) ** 2 + SPREAD**2
        for key in dict.fromkeys(_groups(topic, team, priority)):
            if key in self.times:
                count, sum_, squares = self.times[key]
                mean = (sum_ + SHRINK * mean) / (count + SHRINK)
                square = (squares + SHRINK * square) / (count + SHRINK)
        return mean, sqrt(max(0.01, square - mean * mean))

    def usual(self, topic: str, team: str, priority: str = "") -> float:
        """How long a leg takes on average, in seconds."""
        mean, spread = self.time_of(topic, team, priority)
        return exp(mean + spread * spread / 2)

    def waits_at(self, place: int) -> float:
        """How often the leg at this place waits for others."""
        usual = sum(map(len, self.waits.values())) / self.legs if self.legs else 0.0
        legs, waited = self.asks.get(min(place, 3), (0, 0))
        return min(1.0, (waited + SHRINK * usual) / (legs + SHRINK))

    def next_of(self, topic: str, team: str, place: int) -> tuple[Sequence[str], Sequence[float]]:
        """Where it may go, and how often.

        Whether it is over leans on all topics as far as these do not differ by more than chance;
        where else it goes is a matter of the topic, once there are some.
        """
        place = min(place, 3)
        wide, own = self.then.get(("", team, place)), self.then.get((topic, team, place))
        if not wide:
            return (OVER,), (1.0,)
        own = own or Counter()
        over = self._over(own, team, place)
        on = {name: count for name, count in wide.items() if name != OVER}
        whole, mine = sum(on.values()), sum(own.values()) - own[OVER]
        shares = [(own[name] + SHRINK * on[name] / whole) / (mine + SHRINK) for name in on]
        return (OVER, *on), (over if on else 1.0, *((1 - over) * share for share in shares))

    def _over(self, own: Counter[str], team: str, place: int) -> float:
        """How often a request of this topic is over here."""
        wide, mine = self.then["", team, place], sum(own.values())
        usual = wide[OVER] / sum(wide.values())
        lean = self._lean.get((team, place)) if mine else SHRINK
        if lean is None:
            lean = self._lean[team, place] = _lean_of(
                [
                    (sum(counts.values()), counts[OVER])
                    for (topic, of, at), counts in self.then.items()
                    if topic and (of, at) == (team, place)
                ]
            )
        return (own[OVER] + lean * usual) / (mine + lean)


def _lean_of(groups: Sequence[tuple[int, int]]) -> float:
    """So many cases of a group count half for themselves: the more, the less groups differ.

    By moments, as for a beta-binomial: what the shares differ by beyond chance.
    """
    whole = sum(count for count, _ in groups)
    share = sum(over for _, over in groups) / max(1, whole)
    chance = share * (1 - share)
    apart = sum(count * (over / count - share) ** 2 for count, over in groups)
    room = whole - sum(count * count for count, _ in groups) / max(1, whole)
    between = (apart - (len(groups) - 1) * chance) / room if room > 0 else 0.0
    if between <= 0:
        return LEAN_MOST
    return min(LEAN_MOST, max(SHRINK, chance / between - 1))


ALL: Key = ("", "", "")


def _groups(topic: str, team: str, priority: str) -> tuple[Key, ...]:
    """From the coarsest to the finest."""
    return ALL, (team, "", ""), (team, topic, ""), (team, topic, priority)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is open: its team, the work ahead of it there, the legs it has behind it.

    `done`: so much of this leg, in seconds of work. `path`: the legs that are planned after it,
    each a team and seconds (0: as learned). `waits`: for whom it waits now, and `waited` so long
    already. `until`: nothing goes on before. `pool`: whose capacity this leg takes, where it is
    not its team's.
    """

    topic: str
    team: str
    ahead: float
    place: int = 0
    done: float = 0.0
    priority: str = ""
    path: tuple[tuple[str, float], ...] = ()
    waits: str = ""
    waited: float = 0.0
    until: float = 0.0
    pool: str = ""
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Thrown:
    """Seconds until half, and four of five, are over; until this leg is begun, and is over.

    `ends`: all that were thrown, in order.
    """

    half: float
    most: float
    begins: float
    news_half: float
    news_most: float
    ends: tuple[float, ...] = ()


class Forecast:
    """Of a desk at one instant; asked about any number of its requests."""

    def __init__(
        self, capacity: Mapping[str, Capacity], usual: Mapping[str, float], learned: Learned
    ) -> None:
        """`usual`: the work that usually lies before what newly comes to a team, in seconds."""
        self.capacity, self.usual, self.learned = capacity, usual, learned
        self._luck = Random(7)
        self._times: dict[Key, tuple[float, float]] = {}
        self._next: dict[tuple[str, str, int], tuple[Sequence[str], list[float]]] = {}
        self._pauses = [(kind, one) for kind, many in learned.waits.items() for one in many]
        self._waits = [learned.waits_at(place) if self._pauses else 0.0 for place in range(4)]

    def both(self, asked: Asked, *, throws: int = THROWS) -> tuple[float, float]:
        """Seconds until half, and until four of five, are over."""
        found = self.throw(asked, throws=throws)
        return found.half, found.most

    def throw(self, asked: Asked, *, throws: int = THROWS) -> Thrown:
        """The whole answer."""
        ends, begun, news = zip(*(self._throw(asked) for _ in range(throws)), strict=True)
        over, heard = sorted(ends), sorted(news)
        return Thrown(
            _share(over, 0.5), _share(over, 0.8), _share(sorted(begun), 0.5),
            _share(heard, 0.5), _share(heard, 0.8), tuple(over),
        )  # fmt: skip

    def _throw(self, asked: Asked) -> tuple[float, float, float]:
        luck = self._luck
        team, at, ahead = asked.team, self._free_at(asked), asked.ahead
        begun = news = 0.0
        for place in range(asked.place, asked.place + LEGS_MAX):
            is_first, path = place == asked.place, asked.path[: place - asked.place]
            there = self.capacity.get(asked.pool if is_first and asked.pool else team)
            if there is None:
                break
            work = self._work(asked, team, path[-1][1] if path else 0.0)
            if is_first and asked.done:
                work = max(30.0, work - asked.done)
            # Who waits for others keeps its place: the queue before it shrinks meanwhile.
            came = asked.start if is_first else at
            begins = max(at, there.when_done(there.done_by(came) + ahead))
            at = there.after(begins, work)
            if is_first:  # the first second of work: before the first shift there is none
                begun, news = there.after(begins, 1.0) - 1.0, at
            # Whoever was asked answers in the night too; the work then waits for the morning.
            is_asked = not (is_first and asked.waits) and luck.random() < self._waits[min(place, 3)]
            if is_asked:
                at = there.after(begins + luck.choice(self._pauses)[1], work)
            team = self._then(asked, team, place)
            if team == OVER:
                break
            ahead = self.usual.get(team, 0.0) * luck.random() * 2
        return at, begun, news or at

    def _free_at(self, asked: Asked) -> float:
        """When whoever it waits for will have let it go."""
        at = max(asked.start, asked.until)
        if not asked.waits or asked.until:
            return at
        longer = [one for one in self.learned.waits.get(asked.waits, ()) if one > asked.waited]
        if longer:
            return at + self._luck.choice(longer) - asked.waited
        return at + self._luck.expovariate(1 / max(asked.waited, WAIT))

    def _work(self, asked: Asked, team: str, planned: float) -> float:
        """Seconds of work of one leg, as planned or as learned."""
        key = (team, asked.topic, asked.priority)
        if key not in self._times:
            self._times[key] = self.learned.time_of(asked.topic, team, asked.priority)
        mean, spread = self._times[key]
        return exp(self._luck.gauss(log(planned) if planned else mean, spread))

    def _then(self, asked: Asked, team: str, place: int) -> str:
        """Where it goes next: as planned, else as such requests went before."""
        ahead = asked.path[place - asked.place :]
        if asked.path:
            return ahead[0][0] if ahead else OVER
        names, sums = self._next_of(asked.topic, team, place)
        return names[min(bisect_right(sums, self._luck.random() * sums[-1]), len(names) - 1)]

    def _next_of(self, topic: str, team: str, place: int) -> tuple[Sequence[str], list[float]]:
        """Where it may go, and the shares added up; asked once."""
        key = (topic, team, min(place, 3))
        if key not in self._next:
            names, weights = self.learned.next_of(*key)
            self._next[key] = names, list(accumulate(weights))
        return self._next[key]


def _share(ends: Sequence[float], share: float) -> float:
    return ends[min(len(ends) - 1, int(share * len(ends)))]


def medians(known: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The median of each group, and of all under `""`: what there is to beat."""
    found: dict[str, list[float]] = defaultdict(list)
    for group, seconds in known:
        found[group].append(seconds)
        found[""].append(seconds)
    return {group: _share(sorted(values), 0.5) for group, values in found.items()}
