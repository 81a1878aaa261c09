"""What the page of a request shows of its chain, for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.console.tickets.below import called
from unbroken.ground.words import _, current_language, in_language
from unbroken.routing.actions.plan import plan_for
from unbroken.routing.chain.happening import Happening, Standing, at_wall, happening
from unbroken.routing.chain.parcel import CONSENT, FACTS, UNIT_NAMES
from unbroken.routing.chain.reading import NO_CHAIN, ChainView, LegView
from unbroken.staffing.queries import AgentCard

STATES = {
    "planned": _("planned"),
    "given": _("not accepted yet"),
    "working": _("in work"),
    "asked": _("asked back"),
    "done": _("done"),
    "returned": _("given back"),
    "moved": _("moved on"),
    "dropped": _("not needed"),
}

NEEDED_WITHIN = timedelta(hours=4)
"""What stands in the form where no plan says how long the next leg takes."""


@dataclass(frozen=True)
class Work:
    """The chain, whose turn it is, and what is happening in words."""

    chain: ChainView = NO_CHAIN
    said: Happening | None = None
    told_in: str = ""
    """The language of the customer's two paragraphs."""
    plan: str = ""
    """The topic whose plan may be laid down, while none is."""
    is_mine: bool = False
    """The reader belongs to whom it was handed, or has it."""
    is_givers: bool = False
    """The reader, or their team, handed it over."""
    zone: str = "UTC"
    """The reader's."""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def parcel(self) -> LegView | None:
        """What was handed over last, while somebody has it."""
        leg = self.chain.current
        return leg if leg is not None and leg.needed is not None else None

    @property
    def units(self) -> list[tuple[str, str]]:
        """What can be counted."""
        return [(key, in_language(word)) for key, word in UNIT_NAMES.items()]

    @property
    def fact_fields(self) -> Sequence[tuple[str, str, Sequence[tuple[str, str]]]]:
        """The structured facts as fields of the form: key, name, and what may be chosen."""
        consent = [("", "–"), *((key, in_language(word)) for key, word in CONSENT.items())]
        return [
            (key, in_language(word), consent if key == "consent" else ())
            for key, word in FACTS.items()
        ]

    def called(self, language: str) -> str:
        """A language in the reader's own."""
        return called(language)

    def state_word(self, leg: LegView) -> str:
        """How a leg stands, for those who do not see the sign."""
        return in_language(STATES[leg.state])

    @property
    def is_folded(self) -> bool:
        """Whether the reader sees only what was handed over, and all else one click away."""
        leg = self.parcel
        return leg is not None and leg.state == "given" and self.is_mine and not self.is_givers


NO_WORK = Work()


def work_of(
    chain: ChainView,
    standing: Standing,
    agent: AgentCard,
    *,
    language: str,
    zone: str,
    topic_id: int | None,
    at: datetime,
) -> Work:
    """`language` and `zone` are the customer's."""
    mine = happening(
        chain, standing, at=at, at_words=at_wall(at, agent.timezone), language=current_language()
    )
    theirs = happening(chain, standing, at=at, at_words=at_wall(at, zone), language=language)
    leg = chain.current
    before = chain.before
    is_mine = leg is not None and (
        leg.agent_id == agent.id or (leg.team_id in agent.team_ids) or agent.sees_all
    )
    is_givers = leg is not None and (
        leg.giver_id == agent.id
        or (not is_mine and before is not None and before.team_id in agent.team_ids)
    )
    return Work(
        chain=chain,
        said=Happening(mine.agent, theirs.customer, theirs.phone),
        told_in=language,
        zone=agent.timezone,
        plan="" if any(one.names != "{}" for one in chain.legs) else plan_for(topic_id),
        is_mine=is_mine,
        is_givers=is_givers,
    )


def usual_due(work: Work, at: datetime | None) -> str:
    """By when it will be needed, as the field holds it: what the plan says, else four hours."""
    if at is None:
        return ""
    ahead = next((one for one in work.chain.ahead if one.kind == "work"), None)
    span = timedelta(minutes=ahead.minutes) if ahead and ahead.minutes else NEEDED_WITHIN
    due = (at + span).astimezone(ZoneInfo(work.zone))
    return f"{due + timedelta(minutes=-due.minute % 15):%Y-%m-%dT%H:%M}"
