"""A quarter of the town for the detector: a network, and days on which things happen to it.

One BNG with three DSLAMs (each a card with four cables of twelve lines; the third hangs on a
carrier's circuit) and an OLT with two ports of two splitters of sixteen; two villages of ten
behind a satellite; feeders for street cabinets. Signs are made as the records would: a line that
dies is given up by the BNG after its echoes, a device without power gasps first. Everything is
drawn from one seed.
"""

import random
from collections.abc import Iterable, Sequence

from unbroken.evidence.facts import Element
from unbroken.evidence.silence import signs
from unbroken.evidence.silence.fold import Detector
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign

MIDNIGHT = 1_779_580_800.0  # 2026-05-24T00:00:00Z
HOUR = 3600.0
INTERIM = 600.0


def network(models: Sequence[str] = ("A", "B", "C")) -> Network:
    """The quarter's inventory; `models`: of the devices on copper."""
    elements = [Element("bng", "nas"), Element("bng-2", "nas"), Element("sat", "satellite")]
    elements.append(Element("circuit", "link", ("bng",)))
    services: dict[str, str] = {}

    def subscriber(line: str, *parents: str, model: str) -> None:
        elements.append(Element(line, "line", parents))
        elements.append(Element(f"cpe-{line}", "cpe", (line,), model=model))
        services[f"s-{line}"] = f"cpe-{line}"

    for d in range(3):
        elements += [
            Element(f"feeder-{d}", "feeder"),
            Element(f"dslam-{d}", "dslam", ("circuit" if d == 2 else "bng",)),
            Element(f"card-{d}", "card", (f"dslam-{d}",)),
        ]
        for c in range(4):
            cable = f"cable-{d}{c}"
            elements.append(Element(cable, "cable", (f"card-{d}",)))
            for n in range(12):
                subscriber(f"{cable}-{n}", cable, f"feeder-{d}", model=models[n % len(models)])
    elements.append(Element("olt", "olt", ("bng",)))
    for p in range(2):
        elements.append(Element(f"port-{p}", "port", ("olt",)))
        for s in range(2):
            splitter = f"splitter-{p}{s}"
            elements.append(Element(splitter, "splitter", (f"port-{p}",)))
            for n in range(16):
                subscriber(f"{splitter}-{n}", splitter, model=("X", "Y")[n % 2])
    for v in range(2):
        elements.append(Element(f"village-{v}", "site", ("sat", "bng-2")))
        for n in range(10):
            subscriber(f"village-{v}-{n}", f"village-{v}", model="Z")
    return Network(elements, services)


class Day:
    """What happened; `found()` is what the detector makes of it."""

    def __init__(
        self, seed: int = 1, hours: float = 6.0, models: Sequence[str] = ("A", "B", "C")
    ) -> None:
        self.network = network(models)
        self.random = random.Random(seed)
        self.end = MIDNIGHT + hours * HOUR
        self.heard: list[Sign] = []
        self.away: dict[str, list[tuple[float, float]]] = {}
        self._sessions = 0

    def below(self, *keys: str) -> list[str]:
        """The services below these elements, in order."""
        return sorted({s for key in keys for s in self.network.below[key]})

    def says(self, at: float, kind: str, subject: str, *, why: str = "", late: float = 0.2) -> None:
        """One more sign."""
        self.heard.append(Sign(at + late, at, kind, subject, self._nas(subject), why=why))

    def loses(
        self,
        services: Iterable[str],
        at: float,
        until: float,
        *,
        echoes: tuple[float, float] = (20.0, 60.0),
        alarm: str = "",
        tells: bool = True,
    ) -> None:
        """They are gone from `at` to `until`; `tells`: whether the BNG can say so."""
        for service in services:
            stop = at + self.random.uniform(*echoes)
            back = until + self.random.uniform(5.0, 45.0)
            self.away.setdefault(service, []).append((at, back))
            if alarm:
                line = self.network.above[service][1]
                self.says(at + self.random.uniform(0, 2), signs.LINE_LOST, line, why=alarm)
                self.says(until, signs.LINE_BACK, line, why=alarm)
            if tells and stop < back:
                self.heard.append(
                    Sign(
                        stop + 0.2,
                        stop,
                        signs.STOP,
                        service,
                        self._nas(service),
                        "",
                        "Lost Carrier",
                    )
                )

    def found(self) -> Detector:
        """Let everybody else live, and hear it all in order of arrival."""
        for service in self.network.above:
            self._lives(service)
        detector = Detector(self.network)
        detector.hear_all(sorted(self.heard))
        detector.advance(self.end)
        return detector

    def _lives(self, service: str) -> None:
        at = MIDNIGHT + self.random.uniform(0, INTERIM)
        gone = sorted(self.away.get(service, []))
        begins, session = True, ""
        while at < self.end:
            since, back = gone[0] if gone else (self.end, self.end)
            if at >= since:
                at, begins = back, True
                gone.pop(0)
                continue
            self._sessions += begins
            kind = signs.START if begins else signs.ALIVE
            session = f"{service}/{self._sessions}" if begins else session
            self.heard.append(Sign(at + 0.2, at, kind, service, self._nas(service), session))
            begins = False
            at += INTERIM

    def _nas(self, subject: str) -> str:
        return "bng-2" if "village" in subject else "bng"
