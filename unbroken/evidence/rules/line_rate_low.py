"""Slow because the line runs slow: far below what it could, or below what was sold (S15)."""

import re
from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import ATTAINABLE_DOWN, RATE_DOWN, Reading
from unbroken.evidence.finding import Record
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _

LOW, VERY_LOW = 0.72, 0.5


def weighs(case: Case) -> Weighed:
    """The present rate against the attainable one, the product's and its own past."""
    told = case.picture.own_series(RATE_DOWN).before(case.at)
    rate, record = _present(case, told)
    slow = case.complaint is not None and case.complaint.is_about("slow")
    if rate is None or record is None:
        return NOTHING if slow else Weighed(-3.0)
    could = case.picture.own_series(ATTAINABLE_DOWN).before(case.at)
    attainable = float(could.value) if could is not None else None
    usual = _usual(case)
    sold = _sold(case)
    bounds = [one for one in (attainable, usual, sold) if one]
    if not bounds:
        return NOTHING if slow else Weighed(-3.0)
    # A product sold faster than the line can carry is no fall of the line.
    top = min(sold, max(attainable or 0, usual or 0)) if sold and (attainable or usual) else None
    share = rate / (top or max(bounds))
    records: tuple[Record, ...] = (record,)
    if could is not None:
        records += (finding.of_reading(could),)
    values = {"rate": f"{rate / 1000:.1f}", "attainable": f"{(top or max(bounds)) / 1000:.1f}"}
    if share >= LOW:
        return Weighed(-3.0 if slow else -3.5, (), records, values=values)
    weight = (4.2 if share < VERY_LOW else 3.0) + (1.5 if slow else 0.0)
    return Weighed(weight, records, onset=_onset(case, rate), values=values)


def _present(case: Case, told: Reading | None) -> tuple[float | None, Record | None]:
    if told is not None and case.at - told.at < timedelta(days=3):
        return float(told.value), finding.of_reading(told)
    last = case.picture.last
    if last is not None and last.rate_down:
        return float(last.rate_down), finding.of_start(last)
    return None, None


def _usual(case: Case) -> float | None:
    """What it mostly ran at in the month before."""
    past = case.picture.own_series(RATE_DOWN).between(
        case.at - timedelta(days=90), case.at - timedelta(days=2)
    )
    if len(past) < 3:
        return None
    values = sorted(float(one.value) for one in past)
    return values[int(len(values) * 0.8)]


def _sold(case: Case) -> float | None:
    """The product's rate, kbit/s: as given, or from the number in its name (DSL 50)."""
    if case.facts.service.rate_down:
        return float(case.facts.service.rate_down)
    number = re.search(r"\d{1,5}", case.facts.service.product)
    return float(number.group()) * 1000 if number and int(number.group()) >= 1 else None


def _onset(case: Case, rate: float) -> datetime | None:
    """From when on it has run no faster than now."""
    series = case.picture.own_series(RATE_DOWN)
    since: datetime | None = None
    for reading in reversed(series.readings):
        if float(reading.value) > rate * 1.15:
            break
        since = reading.at
    return since


rule = Rule(
    key="line_rate_low",
    label=_("Line runs slow"),
    prior=0.05,
    sentence=_(
        "The line runs at {rate} Mbit/s and could run at {attainable}: it trained lower and has "
        "stayed there."
    ),
    next_check=_("Read the profile and its history; after the noise is found, let it train anew."),
    refuted_by=_("A rate near the attainable one and near what was sold."),
    weighs=weighs,
    access=("dsl", "docsis", "radio"),
)
