"""Of every service: is it there, since when not, and what says so."""

from dataclasses import dataclass, field

from unbroken.evidence.silence import limits, signs
from unbroken.evidence.silence.signs import Sign

DAY = 86_400.0
HABIT_DAYS_MIN = 3.0


@dataclass(slots=True)
class Loss:
    """Why a service counts as silent: the first sign of it and those that followed."""

    at: float
    said: list[Sign]
    is_settled: bool = False
    lasting: set[str] = field(default_factory=set)
    """What must be taken back before it is there again: "session", the type of an alarm …"""

    def tells_of(self, kinds: frozenset[str]) -> bool:
        """Whether one of these alarms came with it."""
        return any(sign.why in kinds for sign in self.said)


@dataclass(slots=True)
class Line:
    """What is known of one service. Times are seconds since 1970, as the records have them."""

    service: str
    session: str = ""
    nas: str = ""
    heard_first: float = 0.0
    heard_at: float = 0.0
    interval: float = 0.0
    """The longest pause between two signs of life within a session, lately."""
    loss: Loss | None = None
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    """How often it fell silent in each hour of the (UTC) day."""

    @property
    def is_up(self) -> bool:
        """It was heard of, and nothing says that it went."""
        return self.loss is None and self.heard_at > 0.0

    def lives(self, sign: Sign) -> bool:
        """A session began or goes on; True when the service is back by that."""
        loss = self.loss
        if sign.kind == signs.START:
            if sign.at < self.heard_at and sign.session != self.session and loss is None:
                return False  # an older session, told late
            self.session, self.nas = sign.session, sign.nas
        elif sign.session != self.session:
            if sign.at <= self.heard_at:
                return False
            self.session, self.nas = sign.session, sign.nas
        elif loss is None and self.heard_at:
            self.interval = max(sign.at - self.heard_at, self.interval * 0.9)
        if loss is not None and sign.at < loss.at + 1.0 and sign.kind != signs.START:
            return False
        if loss is not None and sign.at < loss.at:
            return False  # it began before it was lost
        self.heard_first = self.heard_first or sign.at
        self.heard_at = max(self.heard_at, sign.at)
        self.loss = None
        return loss is not None

    def goes(self, sign: Sign, what: str) -> bool:
        """Something is lost; True when it is the first word of that."""
        if what == "session" and self.session and sign.session not in ("", self.session):
            return False  # of a session that another has followed already
        if sign.at < self.heard_at - 1.0 and what != "session":
            return False  # it was heard of since
        if self.loss is None:
            self.heard_first = self.heard_first or sign.at
            self.heard_at = max(self.heard_at, sign.at)
            self.loss = Loss(sign.at, [sign], lasting={what})
            return True
        self.loss.said.append(sign)
        self.loss.lasting.add(what)
        self.loss.at = min(self.loss.at, sign.at)
        return False

    def returns(self, sign: Sign, what: str) -> bool:
        """An alarm was taken back, the line trains; True when nothing else is missing."""
        if self.loss is None or sign.at < self.loss.at or not self.loss.lasting - {"session"}:
            return False
        if what == signs.LINK_STATUS:
            self.loss.lasting &= {
                "session"
            }  # it trains: whatever else was said of the line is over
        self.loss.lasting.discard(what)
        if self.loss.lasting - {"session"}:
            return False
        self.loss = None
        self.heard_at = max(self.heard_at, sign.at)
        return True

    def note_hour(self, at: float) -> None:
        """It fell silent at this hour of the day."""
        self.hours[int(at % DAY // 3600)] += 1

    def has_habit(self, at: float) -> bool:
        """Whether going silent at this hour is what it does: a shop that switches off."""
        days = (at - self.heard_first) / DAY
        before = self.hours[int(at % DAY // 3600)]
        return days >= HABIT_DAYS_MIN and before / days >= limits.HABIT_SHARE_MAX
