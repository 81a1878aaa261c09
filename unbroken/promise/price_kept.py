"""What history says of the promises that are to be sold, and the credits they will cost. Pure."""

import math

from unbroken.ground.words import _
from unbroken.promise.costs import Costs
from unbroken.promise.past import Past
from unbroken.promise.price_field import HOURS_A_MONTH, available, mean_repair
from unbroken.promise.price_parts import (
    ASSUMED,
    CHOSEN,
    MEASURED,
    POISSON,
    SET,
    SUM,
    Part,
    Record,
    Step,
    numbered,
    times,
)
from unbroken.promise.price_people import Adds
from unbroken.promise.sliders import (
    AVAILABILITY,
    FIRST_ANSWER,
    NEXT_NEWS,
    PICK_UP,
    PROMISES,
    RESTORE,
    Sliders,
)
from unbroken.staffing.load import Hours

PROMISE_WORDS = {
    PICK_UP: _("Picked up"),
    FIRST_ANSWER: _("First answer"),
    NEXT_NEWS: _("Next news"),
    RESTORE: _("Service restored"),
    AVAILABILITY: _("Availability"),
}


def records(sliders: Sliders, costs: Costs, past: Past, cover: Hours) -> tuple[Record, ...]:
    """For each promise that is set: how often it would have been kept."""
    found = [
        _record(one, sliders, costs, past)
        for one in PROMISES
        if sliders.promised(one) and one != AVAILABILITY
    ]
    if sliders.availability:
        found.append(_availability(sliders, costs, past))
    return tuple(found)


def _record(measure: str, sliders: Sliders, costs: Costs, past: Past) -> Record:
    wanted = sliders.promised(measure)
    took, is_same = past.took_under(measure, sliders.cover, int(costs["cases_min"]))
    share = costs["answered_share"] if measure == PICK_UP else costs["kept_min"]
    possible = took.possible(share)
    if took.cases < costs["cases_min"]:
        return Record(measure, wanted, costs["kept"], 0, None)
    kept = took.kept(wanted)
    if measure == PICK_UP:  # four of five are promised: what counts is how near we come to that
        kept = min(1.0, kept / costs["answered_share"])
    return Record(measure, wanted, kept, took.cases, possible, is_same)


def _availability(sliders: Sliders, costs: Costs, past: Past) -> Record:
    """With a second line where one is not enough; from how often and how long it breaks."""
    alone = available(sliders.availability, past, costs, lines=1)
    is_enough = alone >= costs["kept_min"]
    kept = alone if is_enough else available(sliders.availability, past, costs, lines=2)
    mean = mean_repair(past, costs)
    possible = 1 - past.faults.value * mean / HOURS_A_MONTH
    return Record(
        AVAILABILITY, sliders.availability, kept, past.faults.cases, possible, is_modelled=True
    )


def credits_part(
    sliders: Sliders, costs: Costs, past: Past, load: Adds, kept: tuple[Record, ...]
) -> Part:
    """What the promises that will be missed give back, by the share that was kept so far."""
    steps: list[Step] = []
    back = sliders.credits * sliders.fee
    expected = 0.0
    chances = {
        PICK_UP: 0.0,  # a share of all contacts is promised, no single one
        FIRST_ANSWER: load.requests * (1 - load.live_share),
        NEXT_NEWS: load.requests,
        RESTORE: load.faults,
        AVAILABILITY: float(sliders.services),
    }
    for one in kept:
        misses = chances[one.measure] * (1 - one.kept)
        expected += misses
        steps.append(_misses(one, chances[one.measure], misses))
    most = costs["credit_cap"] * sliders.fee * sliders.services
    amount = min(expected * back, most)
    steps += [
        Step("back", _("A missed promise gives back"), back, "money", CHOSEN,
             times(sliders.credits, sliders.fee)),
        Step("most", _("Credits of a month at most"), most, "money", SET,
             times(costs["credit_cap"], sliders.fee, sliders.services)),
        Step("amount", _("Expected credits a month"), amount, "money", SUM,
             f"min({times(math.fsum([expected]), back)}; {numbered(most)})"),
    ]  # fmt: skip
    return Part("credits", _("Expected credits"), amount, tuple(steps))


def _misses(one: Record, chances: float, misses: float) -> Step:
    source = POISSON if one.is_modelled else MEASURED if one.cases else ASSUMED
    return Step(
        f"missed_{one.measure}", PROMISE_WORDS[one.measure], misses, "misses", source,
        f"{numbered(chances)} × (1 − {numbered(one.kept)})", {"cases": one.cases},
    )  # fmt: skip
