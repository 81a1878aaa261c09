"""For each event: whether a customer is told, who, by which way, how soon, joined with what. Pure.

The default is short: that we have it, what we answer or ask, when the next news comes, what a crew
does, that it is over; nothing else. An operator may switch off or delay only what is news: neither
the number, nor a question, nor a decision that somebody waits for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal

from unbroken.ground.words import Phrase, _

Turn = Literal["always", "question", "end", "news"]
"""What it is to its reader: cannot be missed, their turn, the end of it, or news."""

DELAY_MINUTES_MAX: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message to customers, and the events that cause it.

    `delay`: how long it waits, so that what is taken back at once, or over at once, is never told.
    `joined`: with what it becomes one message. `in_quiet_hours`: also at night.
    """

    key: str
    label: Phrase
    on: tuple[str, ...]
    to: Phrase
    by: Phrase
    turn: Turn
    joined: Phrase | None = None
    delay: timedelta = timedelta(0)
    may_be_off: bool = False
    in_quiet_hours: bool = True


REPORTER = _("whoever asked")
TAKES_PART = _("everybody who takes part in the request")
AFFECTED = _("every customer whose service it strikes")
WARNED = _("everybody who was told of it")
SAME_WAY = _("the way they came")
BY_MAIL = _("mail")
CHOSEN = _("the way they chose, else mail")
HOUSEHOLD = _("one message for all services of a household")
LAST_STEP = _("the newest step stands for those before it")

POLICY: Final[tuple[Message, ...]] = (
    Message(
        "receipt",
        _("We have it: the number and the time by which a person answers"),
        ("ticket.queued", "ticket.receipted"),
        REPORTER,
        SAME_WAY,
        "always",
        joined=_("that we know of the trouble already, when we do"),
    ),
    Message(
        "estimate",
        _("By when it will probably be done; again when that moves"),
        ("ticket.estimate_told",),
        REPORTER,
        BY_MAIL,
        "news",
        joined=_("the acknowledgement; shown in the portal, mailed when it becomes later"),
        may_be_off=True,
        in_quiet_hours=False,
    ),
    Message("answer", _("An answer"), ("ticket.replied",), TAKES_PART, SAME_WAY, "news"),
    Message(
        "question",
        _("A question to them"),
        ("ticket.customer_asked", "ticket.replied"),
        TAKES_PART,
        SAME_WAY,
        "question",
    ),
    Message(
        "end", _("It is done"), ("ticket.resolved", "ticket.replied"), TAKES_PART, SAME_WAY, "end"
    ),
    Message(
        "complaint",
        _("A complaint is made good as far as we see: is it well?"),
        ("ticket.resolved",),
        REPORTER,
        BY_MAIL,
        "question",
    ),
    Message(
        "approval",
        _("An order waits for approval, and one reminder"),
        ("ticket.classified", "ticket.approval_asked", "ticket.approval_reminded"),
        _("those of the company who approve"),
        BY_MAIL,
        "always",
    ),
    Message(
        "decision",
        _("What was decided about an order"),
        ("ticket.approved", "ticket.declined", "ticket.approval_expired"),
        REPORTER,
        BY_MAIL,
        "always",
    ),
    Message(
        "order",
        _("An order goes on: placed, a step done, waiting or moved, the end"),
        ("order.placed", "order.step_changed", "order.ended"),
        _("whoever speaks for the customer"),
        BY_MAIL,
        "always",
        joined=_("the last step, with the end that it brings"),
    ),
    Message(
        "known",
        _("We know of trouble: since when, what we do, when the next news comes"),
        ("problem.opened", "problem.service_affected"),
        AFFECTED,
        CHOSEN,
        "news",
        joined=HOUSEHOLD,
        delay=timedelta(minutes=2),
        may_be_off=True,
        in_quiet_hours=False,
    ),
    Message(
        "crew",
        _("What the crew does: left, so many minutes away, working, done"),
        ("problem.step_taken",),
        WARNED,
        CHOSEN,
        "news",
        joined=LAST_STEP,
        may_be_off=True,
        in_quiet_hours=False,
    ),
    Message(
        "next_news",
        _("The next news, when it was promised"),
        ("ticket.replied", "problem.news_given"),
        WARNED,
        CHOSEN,
        "news",
        joined=LAST_STEP,
        in_quiet_hours=False,
    ),
    Message(
        "again",
        _("It is back after it was over"),
        ("problem.reopened",),
        WARNED,
        CHOSEN,
        "news",
        joined=HOUSEHOLD,
        delay=timedelta(minutes=2),
        may_be_off=True,
        in_quiet_hours=False,
    ),
    Message(
        "over",
        _("It is over, and whether it works again for them"),
        ("problem.ended", "problem.service_restored", "problem.left_alone"),
        WARNED,
        CHOSEN,
        "end",
        joined=HOUSEHOLD,
        delay=timedelta(minutes=5),
        may_be_off=True,
        in_quiet_hours=False,
    ),
    Message(
        "planned",
        _("Planned work: announced, moved, called off, longer than announced"),
        ("plan.announced", "plan.moved", "plan.called_off", "plan.overran"),
        AFFECTED,
        CHOSEN,
        "news",
        joined=HOUSEHOLD,
        may_be_off=True,
        in_quiet_hours=False,
    ),
)
BY_KEY: Final[Mapping[str, Message]] = {one.key: one for one in POLICY}

NOT_TO_CUSTOMERS: Final = frozenset(
    {
        "ticket.forwarded", "ticket.side_opened", "ticket.side_said", "ticket.reply_withdrawn",
        "problem.news_warned", "problem.news_missed", "escalation.paged",
    }
)  # fmt: skip
"""What leaves by the same door and is for third parties or colleagues, or takes a message back."""


NUMBERS: Final[Mapping[str, int]] = {"news_minutes": 0, "news_a_day": 8, "letters_a_minute": 0}
"""Other numbers that an operator may say, as they are when nobody did."""
NUMBERS_MAX: Final[Mapping[str, int]] = {
    "news_minutes": DELAY_MINUTES_MAX,
    "news_a_day": 1000,
    "letters_a_minute": 9999,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the operator made of the policy: messages switched off, and delays in minutes.

    `news_minutes`: within which the house promises the next news of a problem by itself, for people
    to keep; 0: only people promise. `news_a_day`: letters to one reader after which steps and news
    are left out. `letters_a_minute`: of the whole desk. 0: without limit.
    """

    off: frozenset[str] = frozenset()
    delays: Mapping[str, int] = field(default_factory=dict)
    news_minutes: int = 0
    news_a_day: int = 8
    letters_a_minute: int = 0

    def is_on(self, key: str) -> bool:
        """Whether customers get this message; what may not be off is on."""
        return key not in self.off or not BY_KEY[key].may_be_off

    def delay(self, key: str) -> timedelta:
        """How long it waits."""
        message = BY_KEY[key]
        if not message.may_be_off or key not in self.delays:
            return message.delay
        return timedelta(minutes=min(max(0, self.delays[key]), DELAY_MINUTES_MAX))

    def as_said(self) -> dict[str, Any]:
        """To be kept; what is as the default has it is left out."""
        usual = {key: int(one.delay.total_seconds()) // 60 for key, one in BY_KEY.items()}
        return {
            "off": sorted(key for key in self.off if BY_KEY[key].may_be_off),
            "delays": {key: value for key, value in self.delays.items() if value != usual[key]},
            **{
                name: getattr(self, name)
                for name, usually in NUMBERS.items()
                if getattr(self, name) != usually
            },
        }


def chosen(says: Mapping[str, Any]) -> Chosen:
    """What was kept; whatever this version does not know is left out."""
    return Chosen(
        off=frozenset(key for key in _texts(says.get("off")) if key in BY_KEY),
        delays={
            key: int(value) for key, value in (says.get("delays") or {}).items() if key in BY_KEY
        },
        **{
            name: min(max(0, int(says.get(name, usually))), NUMBERS_MAX[name])
            for name, usually in NUMBERS.items()
        },
    )


def told_on(kind: str) -> tuple[Message, ...]:
    """The messages that an event of this kind may cause."""
    return tuple(one for one in POLICY if kind in one.on)


def _texts(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else ()
