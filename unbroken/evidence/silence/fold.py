"""The detector: signs in order of arrival in, silent elements out.

Its own clock is the time of arrival: whatever is due (a loss that has settled, a poll that stays
without answer) is done at its exact moment, before the next sign is heard, so that it makes no
difference how often or in how large pieces the signs come.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import count

from unbroken.evidence.silence import limits, naming, signs
from unbroken.evidence.silence.found import Cluster, SilentElement
from unbroken.evidence.silence.lines import DAY, Line, Loss
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign

JUDGE_AFTER = 5.0
"""Losses that settle together are judged together."""


class Detector:
    """Hears signs; `silent` is what it found, ended ones too, in the order of detection."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.now = 0.0
        self.began = 0.0
        self.lines: dict[str, Line] = {}
        self.up: Counter[str] = Counter()
        """By element: how many services below it are there."""
        self.silent: list[SilentElement] = []
        self.of: dict[str, SilentElement] = {}
        """By service: the silence that it is away with."""
        self.alarms: dict[str, Sign] = {}
        self._fresh: dict[str, dict[str, Loss]] = {}
        self._fresh_all: dict[str, Loss] = {}
        self._losses: Counter[str] = Counter()
        self._open: dict[str, SilentElement] = {}
        self._of_nas: dict[str, set[str]] = {}
        self._restarts: dict[str, Sign] = {}
        self._due: list[tuple[float, int, Callable[[float], None]]] = []
        self._number = count()
        self._to_judge: set[str] = set()
        self._hears: dict[str, Callable[[Sign], None]] = {
            signs.START: self._lives,
            signs.ALIVE: self._lives,
            signs.STOP: self._stops,
            signs.LINE_LOST: self._line_lost,
            signs.LINE_BACK: self._line_back,
            signs.NAS_UP: self._nas_up,
            signs.NAS_DOWN: self._nas_down,
            signs.ELEMENT_LOST: self._element_lost,
            signs.ELEMENT_BACK: self._element_back,
        }

    def hear(self, sign: Sign) -> None:
        """One more sign, none of which may have arrived before the last."""
        self.advance(sign.received)
        self._hears[sign.kind](sign)

    def hear_all(self, heard: Iterable[Sign]) -> None:
        """Many of them."""
        for sign in heard:
            self.hear(sign)

    def advance(self, to: float) -> None:
        """Time goes on: do what is due."""
        self.began = self.began or to
        while self._due and self._due[0][0] <= to:
            at, _, do = heapq.heappop(self._due)
            self.now = max(self.now, at)
            do(self.now)
        self.now = max(self.now, to)

    def _later(self, at: float, do: Callable[[float], None]) -> None:
        heapq.heappush(self._due, (max(at, self.now), next(self._number), do))

    # Services.

    def _line(self, service: str) -> Line:
        line = self.lines.get(service)
        if line is None:
            line = self.lines[service] = Line(service)
        return line

    def _lives(self, sign: Sign) -> None:
        line = self._line(sign.subject)
        was_up, was_nas = line.is_up, line.nas
        if line.lives(sign):
            self._is_back(line, sign.at)
        elif line.is_up and not was_up:
            self._count(line, 1)
        if line.nas and (line.nas != was_nas or not was_up):
            self._of_nas.setdefault(line.nas, set()).add(line.service)

    def _stops(self, sign: Sign) -> None:
        self._goes(sign.subject, sign, "session")

    def _line_lost(self, sign: Sign) -> None:
        for service in self._at(sign.subject):
            self._goes(service, sign, sign.why)

    def _line_back(self, sign: Sign) -> None:
        for service in self._at(sign.subject):
            self._returns(service, sign)

    def _at(self, key: str) -> Iterable[str]:
        """The services that a line or device belongs to; few, or it is no line."""
        return sorted(self.network.below.get(key, ()))

    def _goes(self, service: str, sign: Sign, what: str) -> None:
        line = self._line(service)
        was_up = line.is_up
        if line.goes(sign, what) and line.loss is not None:
            if was_up:
                self._count(line, -1)
            loss = line.loss
            self._later(self.now + limits.SETTLE, lambda at: self._settles(line, loss, at))

    def _returns(self, service: str, sign: Sign) -> None:
        line = self.lines.get(service)
        if line is not None and line.returns(sign, sign.why):
            self._is_back(line, sign.at)

    def _is_back(self, line: Line, at: float) -> None:
        self._count(line, 1)
        self._fresh_all.pop(line.service, None)
        for key in self.network.above.get(line.service, ()):
            self._fresh.get(key, {}).pop(line.service, None)
        silence = self.of.pop(line.service, None)
        if silence is not None:
            silence.away.discard(line.service)
            silence.back_at = max(silence.back_at, at)
            self._maybe_over(silence)

    def _count(self, line: Line, by: int) -> None:
        for key in self.network.above.get(line.service, ()):
            self.up[key] += by

    def _settles(self, line: Line, loss: Loss, at: float) -> None:
        """It is still away: no reset, no training."""
        if line.loss is not loss or loss.is_settled:
            return
        if loss.lasting <= signs.POLLED and line.session:
            # A poll missed it, or saw it train; if it is gone its session ends as well, and soon.
            if at - loss.at < limits.RECENT:
                self._later(at + limits.SETTLE, lambda later: self._settles(line, loss, later))
            return
        loss.is_settled = True
        has_habit = line.has_habit(loss.at)
        line.note_hour(loss.at)
        above = self.network.above.get(line.service, ())
        for key in above:
            self._losses[key] += 1
        self._joins(line.service, loss, above)
        if has_habit:
            return
        self._note_fresh(line.service, loss, above)
        self._judge_soon(above)
        self._later(loss.at + limits.PART_LASTS, lambda _: self._judge_soon(above))

    # Elements.

    def _element_lost(self, sign: Sign) -> None:
        self.alarms.setdefault(sign.subject, sign)
        if sign.why not in signs.POWER:
            self._later(self.now + limits.POLL_LASTS, lambda at: self._believes(sign, at))

    def _element_back(self, sign: Sign) -> None:
        alarm = self.alarms.get(sign.subject)
        if alarm is None or alarm.why != sign.why:
            return
        del self.alarms[sign.subject]
        for service in self._at(sign.subject):
            self._returns(service, sign)

    def _believes(self, alarm: Sign, at: float) -> None:
        """It does not answer polls, or has no light: do its services say the same?"""
        if self.alarms.get(alarm.subject) is not alarm:
            return
        lines = [self._line(service) for service in self._at(alarm.subject)]
        lines = [line for line in lines if line.loss is None]
        if not lines or self._is_blind(alarm):
            return
        living = sum(1 for line in lines if line.heard_at > alarm.at)
        known = [line for line in lines if line.heard_at]
        missed = sum(min(1.0, (at - alarm.at) / line.interval) for line in known if line.interval)
        speaks = living > limits.LIVING_SHARE_MAX * missed
        waits = limits.POLL_LASTS if known else limits.POLL_LASTS_ALONE
        if not speaks and at - alarm.received >= waits and (missed >= 3.0 or not known):
            for line in lines:
                self._silenced(line, alarm, alarm.why, alarm.at)
            self._judge_soon(self.network.chain(alarm.subject))
        elif at - alarm.received < limits.RECENT:
            self._later(at + limits.POLL_LASTS, lambda later: self._believes(alarm, later))

    def _is_blind(self, alarm: Sign) -> bool:
        """Nothing was heard from anywhere since: it is we who do not hear."""
        tops = [key for key in self.network.below if self.network.height(key) == 1]
        if len(tops) < 2:
            return False
        heard = max((line.heard_at for line in self.lines.values()), default=0.0)
        return 0.0 < heard <= alarm.at

    def _silenced(self, line: Line, sign: Sign, what: str, since: float) -> None:
        """Silent, and settled already: something above said so for it."""
        if line.is_up:
            self._count(line, -1)
        line.loss = Loss(since, [sign], is_settled=True, lasting={what})
        above = self.network.above.get(line.service, ())
        self._joins(line.service, line.loss, above)
        self._note_fresh(line.service, line.loss, above)

    def _nas_down(self, sign: Sign) -> None:
        self._restarts[sign.subject] = sign
        for service in self._on_nas(sign.subject, sign.at):
            self._goes(service, sign, "session")

    def _nas_up(self, sign: Sign) -> None:
        """Accounting-On: whoever it had is gone. It went when the last of them was heard."""
        self._restarts[sign.subject] = sign
        there = self._on_nas(sign.subject, sign.at)
        heard = max((self.lines[service].heard_at for service in there), default=sign.at)
        since = heard if sign.at - heard <= limits.RECENT else sign.at
        if len(there) >= limits.MEMBERS_MIN and sign.at - since >= limits.SETTLE:
            for service in there:
                self._silenced(self.lines[service], sign, "session", since)
            self._judge_soon(self.network.chain(sign.subject))
        else:
            for service in there:
                self._goes(service, sign, "session")
        if silence := self._open.get(sign.subject):
            silence.signs.append(sign)

    def _on_nas(self, nas: str, at: float) -> list[str]:
        return sorted(
            service
            for service in self._of_nas.get(nas, ())
            if (line := self.lines[service]).nas == nas and line.is_up and line.heard_at <= at
        )

    # Judging.

    def _judge_soon(self, keys: Iterable[str]) -> None:
        if not self._to_judge:
            self._later(self.now + JUDGE_AFTER, self._judge)
        self._to_judge.update(keys)

    def _judge(self, at: float) -> None:
        keys, self._to_judge = sorted(self._to_judge), set()
        whole: list[Cluster] = []
        part: list[Cluster] = []
        for key in keys:
            cluster = self._cluster(key, at)
            if cluster is None or not naming.is_surprising(cluster, self._rate(cluster)):
                continue
            if naming.is_whole(self.network, cluster, self.up):
                whole.append(cluster)
            elif naming.is_part(cluster, at):
                part.append(cluster)
        alarms = {key: sign for key, sign in self.alarms.items() if at - sign.at < DAY}
        for cluster in naming.named(self.network, whole, part, alarms):
            if not self._is_firmware(cluster):
                self._found(naming.lifted(self.network, cluster), at)

    def _cluster(self, key: str, at: float) -> Cluster | None:
        fresh = self._fresh.get(key)
        if not fresh or len(fresh) < limits.MEMBERS_MIN:
            return None
        for service in [s for s, loss in fresh.items() if at - loss.at > limits.RECENT]:
            del fresh[service]
            self._fresh_all.pop(service, None)
        return naming.cluster_of(key, fresh, max(0, self.up[key]))

    def _rate(self, cluster: Cluster) -> float:
        """Losses of one service in a second that this element has without any fault."""
        services = len(self.network.below.get(cluster.element, ())) or 1
        days = max(0.0, (self.now - self.began) / DAY)
        usual = max(0, self._losses[cluster.element] - cluster.size)
        prior = limits.LOSSES_PER_SERVICE_DAY * services
        return (usual + prior) / (services * (days + 1.0)) / DAY

    def _is_firmware(self, cluster: Cluster) -> bool:
        below = self.network.below.get(cluster.element, ())
        up = (service for service in below if (x := self.lines.get(service)) and x.is_up)
        return naming.is_firmware(self.network, cluster, self._fresh_all, up)

    def _found(self, cluster: Cluster, at: float) -> None:
        silence = self._known(cluster)
        if silence is None:
            silence = SilentElement(cluster.element, cluster.since, at)
            self.silent.append(silence)
        for below in [s for s in self._open.values() if s is not silence]:
            if self._is_the_same(below, cluster):
                self._merge(below, silence)
        silence.since = min(silence.since, cluster.since)
        own = (self.alarms.get(cluster.element), self._restarts.get(cluster.element))
        silence.signs += [
            sign
            for sign in own
            if sign and sign not in silence.signs and sign.at >= cluster.since - limits.RECENT
        ]
        for service, loss in cluster.losses:
            self._takes(silence, service, loss)
        self._open[silence.element] = silence

    def _known(self, cluster: Cluster) -> SilentElement | None:
        """The same trouble, found before: at this element, above it, or at a part of it."""
        chain = self.network.chain(cluster.element)
        for key in chain:
            if key in self._open:
                return self._open[key]
        for silence in reversed(self.silent):
            if silence.element == cluster.element and silence.until is not None:
                if cluster.since - silence.until <= limits.AGAIN_WITHIN:
                    return silence
                break
        for silence in self._open.values():
            if self._is_the_same(silence, cluster):
                self._open.pop(silence.element)
                silence.element = cluster.element
                return silence
        return None

    def _is_the_same(self, below: SilentElement, cluster: Cluster) -> bool:
        """Whether what was found below is but the beginning of this."""
        return self.network.stands_on(below.element, cluster.element) and len(
            cluster.services & below.affected.keys()
        ) * 2 >= len(below.affected)

    def _merge(self, smaller: SilentElement, into: SilentElement) -> None:
        self._open.pop(smaller.element, None)
        self.silent.remove(smaller)
        into.since = min(into.since, smaller.since)
        into.detected_at = min(into.detected_at, smaller.detected_at)
        for service, loss in smaller.affected.items():
            into.affected.setdefault(service, loss)
            if service in smaller.away:
                into.away.add(service)
                self.of[service] = into

    def _note_fresh(self, service: str, loss: Loss, above: Iterable[str]) -> None:
        self._fresh_all[service] = loss
        for key in above:
            self._fresh.setdefault(key, {})[service] = loss

    def _joins(self, service: str, loss: Loss, above: Iterable[str]) -> None:
        """It went with an element that is known to be silent, if there is one."""
        for key in above:
            silence = self._open.get(key)
            if silence is not None and loss.at >= silence.since - limits.JOINS_BEFORE:
                self._takes(silence, service, loss)
                return

    def _takes(self, silence: SilentElement, service: str, loss: Loss) -> None:
        silence.take(service, loss)
        self.of[service] = silence

    def _maybe_over(self, silence: SilentElement) -> None:
        """Who is not back with the others belongs to it still, and is heard when it returns."""
        if silence.until is not None:
            return
        if len(silence.away) > (1 - limits.BACK_SHARE) * len(silence.affected):
            return
        silence.until = silence.back_at
        self._open.pop(silence.element, None)
