"""What was carried and how our probes fared: flows of the line, pings, names asked. Pure.

Absence says nothing here: most lines have no flows read, and many devices never answer a ping.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import RATE_DOWN, RATE_UP, Reading
from unbroken.evidence.finding import Record
from unbroken.evidence.netflow.adding import ANSWERS, DOWN, QUESTIONS, SLOT_SECONDS, UP
from unbroken.evidence.picture import Picture, Series
from unbroken.evidence.probing.measured import PING

FULL = 0.85
FULL_SLOTS_MIN = 3
"""So many stretches of five minutes: a single download that ends is no complaint."""
LATELY = timedelta(hours=24)
JUST_NOW = timedelta(hours=2)
PROBED_LATELY = timedelta(hours=6)
ASKED_MIN = 20
ANSWERED, UNANSWERED = 0.8, 0.2
LOSSY, CLEAR_MS = 0.05, 80.0
PINGS_MIN = 5


@dataclass(frozen=True, slots=True)
class Carried:
    """What is seen of one line; None where nobody looked.

    `fills_itself`: the customer's own traffic filled the line. `names_answered`: the share of
    questions to name servers that were answered. `own_loss`, `nas_loss`: the share of pings lost.
    """

    fills_itself: bool | None = None
    names_answered: float | None = None
    own_loss: float | None = None
    own_ms: float | None = None
    nas_loss: float | None = None
    records: tuple[Record, ...] = ()

    @property
    def loses_behind_nas(self) -> bool:
        """Packets go missing on the line, in the device or at home: the NAS itself answers well."""
        return (
            self.own_loss is not None and LOSSY < self.own_loss < 1.0
            and self.nas_loss is not None and self.nas_loss <= LOSSY
        )  # fmt: skip

    @property
    def loses_before_nas(self) -> bool:
        """Packets go missing on the way to the NAS already: everybody behind it has that."""
        return self.nas_loss is not None and LOSSY < self.nas_loss < 1.0

    @property
    def is_clear(self) -> bool:
        """The way to the customer was clear when it was tried."""
        return self.own_loss == 0.0 and self.own_ms is not None and self.own_ms <= CLEAR_MS


def carried(picture: Picture) -> Carried:
    """Flows and probes of this line, lately."""
    fills, used = _fills_itself(picture)
    answered, asked = _names_answered(picture)
    own, own_ms, mine = _pings([picture.own_series(f"{PING}.{name}") for name in _PING], picture.at)
    nas = _nas(picture)
    theirs_told = [picture.series(nas, f"{PING}.{name}") for name in _PING]
    nas_loss, _ms, theirs = _pings(theirs_told, picture.at)
    return Carried(fills, answered, own, own_ms, nas_loss, (*used, *asked, *mine, *theirs))


_PING = ("SuccessCount", "FailureCount", "AverageResponseTime")


def _fills_itself(picture: Picture) -> tuple[bool | None, tuple[Record, ...]]:
    """Whether the customer's own traffic filled either way, slot after slot of the last day."""
    found: list[Reading] = []
    is_known = False
    for name, rate_name in ((DOWN, RATE_DOWN), (UP, RATE_UP)):
        told = picture.own_series(name).between(picture.at - LATELY, picture.at)
        rate = picture.own_series(rate_name).before(picture.at)
        if not told or rate is None or _number(rate) <= 0:
            continue
        is_known = True
        most = _number(rate) * 1000 / 8 * SLOT_SECONDS
        full = [one for one in told if _number(one) >= FULL * most]
        if len(full) >= FULL_SLOTS_MIN:
            found += full[-2:]
    if not is_known:
        return None, ()
    return bool(found), tuple(finding.of_reading(one) for one in found)


def _names_answered(picture: Picture) -> tuple[float | None, tuple[Record, ...]]:
    since = picture.at - JUST_NOW
    questions = picture.own_series(QUESTIONS).between(since, picture.at)
    answers = picture.own_series(ANSWERS).between(since, picture.at)
    asked = sum(_number(one) for one in questions)
    if asked < ASKED_MIN:
        return None, ()
    told = tuple(finding.of_reading(one) for one in (questions[-1], *answers[-1:]))
    return min(1.0, sum(_number(one) for one in answers) / asked), told


def _pings(
    series: list[Series], at: datetime
) -> tuple[float | None, float | None, tuple[Record, ...]]:
    """Of the latest ping: the share lost, how long an answer took, and its record."""
    came, lost, took = (one.before(at) for one in series)
    if came is None or lost is None or at - came.at > PROBED_LATELY or came.at != lost.at:
        return None, None, ()
    sent = _number(came) + _number(lost)
    if sent < PINGS_MIN:
        return None, None, ()
    told = tuple(finding.of_reading(one) for one in (came, lost))
    is_of_it = took is not None and took.at == came.at
    return _number(lost) / sent, _number(took) if took and is_of_it else None, told


def _nas(picture: Picture) -> str:
    return next((one.key for one in picture.facts.chain if one.kind == "nas"), "")


def _number(reading: Reading) -> float:
    try:
        return float(reading.value)
    except ValueError:
        return 0.0
