"""What repairs in time cost: crews, spares, second lines. Pure.

Of the time promised for a repair what is left after finding the fault, the way and the work is how
long a fault may wait for a free crew; crews are then staffed as people on a line are. Spares cover
the faults of the days until new ones are delivered.
"""

import math

from unbroken.ground.words import _
from unbroken.promise.costs import Costs
from unbroken.promise.past import Past
from unbroken.promise.price_parts import (
    CHOSEN,
    ERLANG_C,
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
from unbroken.promise.sliders import AVAILABILITY, DAY, HOUR, Sliders
from unbroken.staffing.erlang import Load
from unbroken.staffing.load import BANDS, WEEKS_A_MONTH, Hours, people

DAYS_A_MONTH = 365.25 / 12
HOURS_A_MONTH = 24 * DAYS_A_MONTH
SPARES_SIGMA = 1.6449
"""Of a hundred stretches until delivery the spares last for ninety-five."""


def quickest_restore(costs: Costs) -> float:
    """Seconds below which no repair on site can be promised: finding, the way, the work."""
    if not costs["visit_share"]:
        return costs["find_hours"] * HOUR
    return (costs["find_hours"] + costs["travel_hours"] + costs["visit_hours"]) * HOUR


def crews_part(sliders: Sliders, costs: Costs, past: Past, load: Adds, cover: Hours) -> Part:
    """The work on site, and crews who are ready to go in time."""
    busy = costs["travel_hours"] + costs["visit_hours"]
    visits = load.faults * costs["visit_share"]
    work = visits * busy
    spare = max(0.0, sliders.restore - quickest_restore(costs))
    per_request = past.faults.value / past.requests.value if past.requests.value else 0.0
    ready = 0.0
    if sliders.restore and visits:
        ratio = per_request * costs["visit_share"]
        ready = math.fsum(_ready(b, spare, ratio, busy, load, cover) for b in BANDS if cover[b])
    amount = work * costs["wage_crew"] + ready * costs["standby"]
    steps = (
        Step("faults", _("Faults a month"), load.faults, "count", SUM,
             times(sliders.services, past.faults.value)),
        Step("visits", _("Visits a month"), visits, "count", SET,
             times(load.faults, costs["visit_share"])),
        Step("work", _("Hours on the way and on site a month"), work, "hours", SET,
             f"{numbered(visits)} × ({numbered(costs['travel_hours'])} + "
             f"{numbered(costs['visit_hours'])})"),
        Step("waits", _("So long may a fault wait for a crew"), spare / HOUR, "hours", SUM,
             f"{numbered(sliders.restore / HOUR)} − {numbered(quickest_restore(costs) / HOUR)}"),
        Step("ready", _("Hours a month in which crews are ready for this customer"), ready,
             "hours", ERLANG_C),
        Step("amount", _("Work and readiness"), amount, "money", SET,
             f"{times(work, costs['wage_crew'])} + {times(ready, costs['standby'])}"),
    )  # fmt: skip
    return Part("crews", _("Repairs on site"), amount, steps, hours=work)


def _ready(
    band: str, spare: float, ratio: float, busy_hours: float, load: Adds, cover: Hours
) -> float:
    """Hours a month in which crews wait for this customer's faults, in one band.

    `ratio`: visits for each request. One crew is ready for all who were promised these hours.
    """
    mine, others = load.by_band[band] * ratio, load.others_by_band[band] * ratio
    if not mine:
        return 0.0

    def crews(visits: float) -> float:
        return people(
            Load(visits, 3600, busy_hours * HOUR),
            within_seconds=spare, service_level=0.9, occupancy_max=0.99,
        )  # fmt: skip

    idle = crews(others + mine) - crews(others) - mine * busy_hours
    share = mine / (mine + others)
    return max(idle, share) * cover[band] * WEEKS_A_MONTH


def spares_part(sliders: Sliders, costs: Costs) -> Part:
    """Devices on the shelf, where a repair may not wait for a delivery."""
    resupply = costs["resupply_days"]
    is_needed = 0 < sliders.restore < resupply * DAY
    due = sliders.services * costs["device_faults"] * resupply / DAYS_A_MONTH
    spares = due + SPARES_SIGMA * math.sqrt(due) if is_needed else 0.0
    amount = spares * costs["device_price"] * costs["holding_share"]
    steps = (
        Step("due", _("Devices that fail until new ones are delivered"), due, "count", SET,
             f"{times(sliders.services, costs['device_faults'], resupply)} ÷ "
             f"{numbered(DAYS_A_MONTH)}"),
        Step("spares", _("Spares on the shelf, so that they last in 95 of 100 cases"), spares,
             "count", POISSON, f"{numbered(due)} + {numbered(SPARES_SIGMA)} × √{numbered(due)}"),
        Step("amount", _("What they cost on the shelf"), amount, "money", SET,
             times(spares, costs["device_price"], costs["holding_share"])),
    )  # fmt: skip
    return Part("spares", _("Spares"), amount, steps)


def second_part(sliders: Sliders, costs: Costs, past: Past, kept: tuple[Record, ...]) -> Part:
    """A second line, where one alone does not work often enough."""
    alone = available(sliders.availability, past, costs, lines=1)
    is_needed = bool(sliders.availability) and alone < costs["kept_min"]
    lines = sliders.services if is_needed else 0
    both = next((one.kept for one in kept if one.measure == AVAILABILITY), alone)
    steps = (
        Step("allowed", _("Hours without service allowed a month"),
             (1 - sliders.availability) * HOURS_A_MONTH, "hours", CHOSEN,
             f"(1 − {sliders.availability:.6g}) × {numbered(HOURS_A_MONTH)}"),
        Step("alone", _("Months in which one line keeps that"), alone, "share", POISSON),
        Step("both", _("With a second line"), both, "share", POISSON),
        Step("lines", _("Second lines"), lines, "count", SUM),
        Step("second_line", _("A second line to a site, a month"), costs["second_line"], "money",
             SET),
    )  # fmt: skip
    return Part("second_line", _("Second lines"), lines * costs["second_line"], steps)


def available(share: float, past: Past, costs: Costs, *, lines: int) -> float:
    """The share of months in which a service works for at least this share of the time.

    Faults come at random, repairs take an exponential time; with two lines the service is gone
    only while both are.
    """
    if not share:
        return 1.0
    mean = mean_repair(past, costs)
    faults = past.faults.value
    if lines > 1:
        faults, mean = 2 * faults * faults * mean / HOURS_A_MONTH, mean / 2
    allowed = (1 - share) * HOURS_A_MONTH
    chance, kept, done, term = math.exp(-faults), 0.0, 1.0, math.exp(-allowed / mean)
    late = 0.0  # the chance that so many repairs together take longer than is allowed
    for number in range(200):
        kept += chance * (done - late)
        late += term
        term *= allowed / mean / (number + 1)
        chance *= faults / (number + 1)
    return min(1.0, kept)


def mean_repair(past: Past, costs: Costs) -> float:
    """Hours a repair takes on average, by the clock on the wall where that is known."""
    took, _same = past.took_under("time_to_restore", "", int(costs["cases_min"]))
    if took.cases >= costs["cases_min"]:
        return max(0.05, math.fsum(took.seconds) / took.cases / HOUR)
    on_site = costs["travel_hours"] + costs["visit_hours"]
    return max(0.05, costs["find_hours"] + costs["visit_share"] * on_site)
