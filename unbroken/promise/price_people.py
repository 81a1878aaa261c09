"""What the people for a customer cost, from load to head-count. Pure.

Each band of the week is reckoned by itself. A customer pays for what their requests add to the
people needed, for their part of being quicker than the desk is with everybody, and at least for
their part of the fewest people who must be there at all. Their part is the share of their requests
among all that stand under a promise for these hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.words import Phrase, _
from unbroken.promise.costs import Costs
from unbroken.promise.past import Figure, Past
from unbroken.promise.price_parts import (
    ASSUMED,
    CALENDAR,
    CHOSEN,
    ERLANG,
    MEASURED,
    SET,
    SUM,
    Part,
    Step,
    numbered,
    times,
)
from unbroken.promise.sliders import CHAT, HOUR, PHONE, PICK_UP, Sliders
from unbroken.staffing.erlang import Load
from unbroken.staffing.load import BANDS, WEEKS_A_MONTH, Hours, people, spread

BAND_WORDS: Mapping[str, Phrase] = {
    "day": _("People by day"),
    "evening": _("People in the evening and on weekends"),
    "night": _("People at night"),
}


@dataclass(frozen=True, slots=True)
class Adds:
    """What a customer adds: requests a month, the share that waits on the line, minutes each."""

    requests: float
    live_share: float
    faults: float
    minutes: float
    by_band: Hours
    others_by_band: Hours
    others_live: float


@dataclass(frozen=True, slots=True)
class Crew:
    """People needed in a band: more for the work, more for all to be this quick; the fewest.

    `part` is this customer's part of all requests, `live_part` of those that wait on the line.
    """

    more: float
    usual: float
    quick: float
    part: float
    live_part: float
    fewest: float

    @property
    def quicker(self) -> float:
        """Their part of the people it takes to be quicker than with everybody."""
        return max(0.0, self.quick - self.usual) * self.live_part

    @property
    def least(self) -> float:
        return self.fewest * self.part

    @property
    def people(self) -> float:
        return max(self.more + self.quicker, self.least)


def adds(sliders: Sliders, costs: Costs, past: Past, cover: Hours) -> Adds:
    """The load of this customer, and of those who stand under promises already, an hour."""
    requests = sliders.services * past.requests.value
    others = dict.fromkeys(BANDS, 0.0)
    for one in past.promised:
        for band, an_hour in spread(one.requests, one.hours, past.pace).items():
            others[band] += an_hour
    shares = {PHONE: past.phone_share.value, CHAT: past.chat_share.value}
    return Adds(
        requests=requests,
        live_share=min(1.0, sum(shares[one] for one in sliders.channels)),
        faults=sliders.services * past.faults.value,
        minutes=past.minutes.value,
        by_band=spread(requests, cover, past.pace),
        others_by_band=others,
        others_live=min(1.0, sum(shares.values())),
    )


def load_part(sliders: Sliders, past: Past, load: Adds) -> Part:
    """The work that comes: it costs nothing by itself, all else follows from it."""
    hours = load.requests * load.minutes / 60
    steps = (
        Step("services", _("Services"), sliders.services, "count", CHOSEN),
        _measured(
            "requests_per_service", _("Requests of a service a month"), past.requests, "count"
        ),
        Step(
            "requests", _("Requests a month"), load.requests, "count", SUM,
            times(sliders.services, past.requests.value),
        ),
        Step("live_share", _("Of them by phone and chat"), load.live_share, "share", *_live(past)),
        _measured("minutes", _("Minutes of work on a request"), past.minutes, "minutes"),
        Step(
            "work", _("Work a month"), hours, "hours", SUM,
            f"{times(load.requests, load.minutes)} ÷ 60",
        ),
    )  # fmt: skip
    return Part("load", _("What this customer will ask"), None, steps)


def band_part(
    band: str, sliders: Sliders, costs: Costs, past: Past, load: Adds, cover: Hours
) -> Part:
    """What the people of one band cost: from requests an hour to paid hours to money."""
    crew = crew_of(band, sliders, costs, load)
    hours = crew.people * cover[band] * WEEKS_A_MONTH
    paid = hours / costs["shift_fit"] / (1 - costs["shrinkage"])
    wage = costs["wage_agent"] * costs.pay(band)
    steps = (
        Step("cover", _("Hours of cover a week"), cover[band], "hours", CALENDAR),
        *_crew_steps(band, costs, load, crew),
        Step(
            "hours", _("Hours a month"), hours, "hours", SUM,
            times(crew.people, cover[band], WEEKS_A_MONTH),
        ),
        Step(
            "paid", _("Paid hours a month: shifts never fit quite, people are away"), paid, "hours",
            SET, f"{numbered(hours)} ÷ {numbered(costs['shift_fit'])} ÷ (1 − "
            f"{numbered(costs['shrinkage'])})",
        ),
        Step(
            "wage", _("Cost of such an hour"), wage, "money", SET,
            times(costs["wage_agent"], costs.pay(band)),
        ),
    )  # fmt: skip
    return Part(f"people_{band}", BAND_WORDS[band], paid * wage, steps, hours=paid)


def crew_of(band: str, sliders: Sliders, costs: Costs, load: Adds) -> Crew:
    """How many people a band needs more, at the pace that everybody gets, and to be quicker.

    So whoever asks for more never pays less.
    """
    others, mine = load.others_by_band[band], load.by_band[band]
    line, answer = costs["desk_pick_up"], costs["desk_first_answer"] * HOUR
    written = _needed(others + mine, load.minutes, 0, answer, costs)
    more_written = written - _needed(others, load.minutes, 0, answer, costs)
    usual = _needed(others + mine, load.minutes, line, answer, costs)
    more_live = max(more_written, usual - _needed(others, load.minutes, line, answer, costs))
    wish = (min(float(sliders.promised(PICK_UP) or line), line), float(sliders.first_answer))
    part = _part(mine, others)
    return Crew(
        more=load.live_share * more_live + (1 - load.live_share) * more_written,
        usual=usual,
        quick=_needed(others + mine, load.minutes, wish[0], min(wish[1] or answer, answer), costs),
        part=part,
        live_part=_part(mine * load.live_share, others * load.others_live)
        if sliders.is_live
        else part,
        fewest=costs[f"crew_{band}"],
    )


def _part(mine: float, others: float) -> float:
    return mine / (mine + others) if mine else 0.0


def _needed(
    requests: float, minutes: float, pick_up: float, first_answer: float, costs: Costs
) -> float:
    """People who begin all work in time, and are free in time for those who wait on the line.

    Whoever writes an answer is as busy as whoever talks. Without a pick-up nobody waits there.
    """
    share, busy = costs["answered_share"], costs["occupancy_max"]
    every = people(
        Load(requests, 3600, 60 * minutes),
        within_seconds=first_answer, service_level=share, occupancy_max=busy,
    )  # fmt: skip
    if not pick_up:
        return every
    on_line = people(
        Load(requests, 3600, 60 * minutes, costs["patience"]),
        within_seconds=pick_up, service_level=share, occupancy_max=busy,
    )  # fmt: skip
    return max(on_line, every)


def _crew_steps(band: str, costs: Costs, load: Adds, crew: Crew) -> tuple[Step, ...]:
    others, mine = load.others_by_band[band], load.by_band[band]
    return (
        Step("mine", _("Requests of this customer an hour"), mine, "count", SUM),
        Step("others", _("Requests already promised these hours, an hour"), others, "count", SUM),
        Step("part", _("This customer's part of them"), crew.part, "share", SUM,
             f"{numbered(mine)} ÷ ({numbered(mine)} + {numbered(others)})"),
        Step("usual", _("People needed for all of them, as quick as with everybody"), crew.usual,
             "people", ERLANG),
        Step("more", _("Of these, more because of this customer"), crew.more, "people", ERLANG),
        Step("quick", _("People needed for all of them, as quick as set here"), crew.quick,
             "people", ERLANG),
        Step("quicker", _("Part in being quicker"), crew.quicker, "people", SUM,
             f"({numbered(crew.quick)} − {numbered(crew.usual)}) × {numbered(crew.live_part)}"),
        Step("least", _("Part in the fewest who must be there"), crew.least, "people", SET,
             times(crew.fewest, crew.part)),
        Step("people", _("People at any time of these hours"), crew.people, "people", SUM,
             f"max({numbered(crew.more)} + {numbered(crew.quicker)}; {numbered(crew.least)})"),
    )  # fmt: skip


def _measured(key: str, label: Phrase, figure: Figure, unit: str) -> Step:
    if figure.is_measured:
        return Step(key, label, figure.value, unit, MEASURED, words={"cases": figure.cases})
    return Step(key, label, figure.value, unit, ASSUMED)


def _live(past: Past) -> tuple[Phrase, str, dict[str, object]]:
    cases = past.phone_share.cases
    return (MEASURED, "", {"cases": cases}) if cases else (ASSUMED, "", {})
