"""Sliders and sums in words and numbers, as the pages of sales and of customers show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_currency, format_decimal

from unbroken.ground.time_words import HOUR, MINUTE, SECOND
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.promise.costs import COUNT, DAYS, HOURS, MINUTES, MONEY, SECONDS, SHARE
from unbroken.promise.price import Price
from unbroken.promise.price_kept import PROMISE_WORDS
from unbroken.promise.price_parts import Part, Record, Refusal, Step
from unbroken.promise.sliders import AVAILABILITY, BY_KEY, SLIDERS, Sliders, stop_of

NOT_PROMISED = _("not promised")
NOTHING = _("nothing")
IN_DAYS, IN_PEOPLE = _("{n} days"), _("{n} people")
IN_MISSES = _("{n} missed")
SHORT: Mapping[str, Phrase] = {HOURS: HOUR, MINUTES: MINUTE, SECONDS: SECOND}
A_WEEK = _("{name}: {n} h a week")
COVER = _("Hours of cover")
ABOUT_COVER = _("When somebody is there for the customer; promises are counted in these hours.")
WHY_NOT: Mapping[str, Phrase] = {
    "never_open": _("These hours are never open."),
    "too_quick": _(
        "{promise}: the way to the site and the work alone take {possible}. We do not promise less."
    ),
    "not_kept": _(
        "{promise}, {promised}: of {cases} cases {kept} were kept, and we sell from {least} on."
    ),
    "modelled": _("{promise}, {promised}: kept in {kept} of months, and we sell from {least} on."),
}  # fmt: skip
COULD = _("What we could keep: {possible}.")
KEPT = _("{kept} kept, of {cases} cases")
KEPT_WALL = _("{kept} kept, of {cases} cases, by the clock on the wall")
KEPT_MODEL = _("{kept} of months, from how often and how long it breaks")
KEPT_UNKNOWN = _("never promised before: {kept} assumed")


@dataclass(frozen=True, slots=True)
class Slid:
    """One slider as a page shows it: where it stands, and what each stop says."""

    key: str
    label: str
    about: str
    place: int
    words: tuple[str, ...]

    @property
    def says(self) -> str:
        return self.words[self.place]

    @property
    def last(self) -> int:
        return len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a sum, in words."""

    label: str
    value: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a price, in words; `share` of the whole in per cent, `tone` of the picture."""

    key: str
    label: str
    amount: str
    lines: tuple[Line, ...]
    share: float = 0.0
    start: float = 0.0
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise was kept so far, in words; `share` in per cent for the picture."""

    label: str
    promised: str
    says: str
    share: float
    is_enough: bool
    is_known: bool = True

    @property
    def tone(self) -> str:
        """How the picture shows it."""
        if not self.is_known:
            return "unknown"
        return "good" if self.is_enough else "alarm"


@dataclass(frozen=True, slots=True)
class Shown:
    """A price as a page shows it."""

    price: str
    per_service: str
    heads: str
    hours: str
    reasons: tuple[Reason, ...]
    kept: tuple[Kept, ...]
    refusals: tuple[str, ...]
    least: float
    services: int
    is_sellable: bool


def sliders_shown(sliders: Sliders, covers: Sequence[tuple[str, str, float]]) -> list[Slid]:
    """Every slider; the hours of cover first."""
    keys = [key for key, _name, _hours in covers]
    place = keys.index(sliders.cover) if sliders.cover in keys else 0
    hours = tuple(in_language(A_WEEK, name=name, n=number(n)) for _key, name, n in covers)
    first = Slid("cover", in_language(COVER), in_language(ABOUT_COVER), place, hours)
    others = [
        Slid(
            one.key, in_language(one.label), in_language(one.about),
            stop_of(one, getattr(sliders, one.key)),
            tuple(value_words(one.key, stop) for stop in one.stops),
        )
        for one in SLIDERS
    ]  # fmt: skip
    return [first, *others] if covers else others


def value_words(key: str, value: float) -> str:
    """What a slider's stop says."""
    if not value:
        return in_language(NOTHING if key == "credits" else NOT_PROMISED)
    return share(value) if BY_KEY[key].unit == "share" else span(value)


def shown(found: Price, *, with_costs: bool = True, least: float = 0.9) -> Shown:
    """The whole sum in words; a customer's has no costs of ours and no margin of its own."""
    reasons = tuple(_reasons(found) if with_costs else _reasons_outside(found))
    return Shown(
        price=money(found.amount, found.currency),
        per_service=money(found.per_service, found.currency),
        heads=number(round(found.heads, 3)),
        hours=number(round(found.paid_hours, 1)),
        reasons=reasons,
        kept=tuple(_kept(one, least) for one in found.records),
        refusals=tuple(_refusal(one, least) for one in found.refusals),
        least=round(least * 100, 1),
        services=found.services,
        is_sellable=found.is_sellable,
    )


def _reasons(found: Price) -> list[Reason]:
    whole, begun, tones = found.amount or 1.0, 0.0, 0
    reasons = []
    for part in found.parts:
        amount = part.amount or 0.0
        if amount:
            tones += 1
        width = 100 * amount / whole
        reasons.append(
            Reason(
                key=part.key,
                label=in_language(part.label),
                amount="" if part.amount is None else money(amount, found.currency),
                lines=tuple(_line(one, found.currency) for one in part.steps),
                share=round(width, 2),
                start=round(begun, 2),
                tone="rest" if part.key == "margin" else str((tones - 1) % 6 + 1),
            )
        )
        begun += width
    return reasons


def _reasons_outside(found: Price) -> list[Reason]:
    """For customers: the same parts with the margin spread over them, and no wages."""
    margin = next((one.amount or 0.0 for one in found.parts if one.key == "margin"), 0.0)
    factor = found.amount / (found.amount - margin) if found.amount > margin else 1.0
    parts = [one for one in found.parts if one.key != "margin"]
    spread = tuple(
        Part(
            one.key, one.label, None if one.amount is None else one.amount * factor,
            tuple(step for step in one.steps if step.unit != MONEY and _is_open(step)),
        )
        for one in parts
    )  # fmt: skip
    outside = Price(
        found.amount, found.currency, spread, found.records, found.refusals, found.paid_hours,
        found.heads, found.services, found.costs_version,
    )  # fmt: skip
    return _reasons(outside)


def _is_open(step: Step) -> bool:
    """Whether a customer may read a step: what concerns them, not how the house is staffed."""
    return step.key in {
        "services", "requests", "live_share", "work", "cover", "mine", "people", "hours", "pieces",
        "every", "visits", "waits", "ready", "spares", "allowed", "both", "lines",
    }  # fmt: skip


def _line(step: Step, currency: str) -> Line:
    return Line(
        label=in_language(step.label),
        value=with_unit(step.value, step.unit, currency),
        formula=step.formula,
        source=in_language(step.source, None, **dict(step.words)),
    )


def _kept(one: Record, least: float) -> Kept:
    if one.is_modelled:
        sentence = KEPT_MODEL
    elif not one.cases:
        sentence = KEPT_UNKNOWN
    else:
        sentence = KEPT if one.is_same_hours else KEPT_WALL
    return Kept(
        label=in_language(PROMISE_WORDS[one.measure]),
        promised=_promised(one.measure, one.promised),
        says=in_language(sentence, None, kept=share(one.kept), cases=one.cases),
        share=round(100 * one.kept, 1),
        is_enough=one.kept >= least or (not one.cases and not one.is_modelled),
        is_known=one.is_modelled or bool(one.cases),
    )


def _refusal(one: Refusal, least: float) -> str:
    record = one.record
    if record is None:
        label = PROMISE_WORDS.get(one.measure, Phrase(""))
        return in_language(WHY_NOT[one.key], promise=in_language(label), possible=span(one.least))
    sentence = WHY_NOT["modelled" if record.is_modelled else one.key]
    told = in_language(
        sentence,
        promise=in_language(PROMISE_WORDS[record.measure]),
        promised=_promised(record.measure, record.promised),
        cases=record.cases,
        kept=share(record.kept),
        least=share(least),
    )
    if record.possible is None:
        return told
    possible = _promised(record.measure, record.possible)
    return f"{told} {in_language(COULD, possible=possible)}"


def _promised(measure: str, value: float) -> str:
    return share(value) if measure == AVAILABILITY else span(value)


# ── numbers ───────────────────────────────────────────────────────────────────


def with_unit(value: float, unit: str, currency: str) -> str:
    """A number of a sum with its unit."""
    if unit == MONEY:
        return money(value, currency)
    if unit == SHARE:
        return share(value)
    if unit in SHORT:
        return f"{number(value)} {in_language(SHORT[unit])}"
    words = {DAYS: IN_DAYS, "people": IN_PEOPLE, "misses": IN_MISSES, COUNT: Phrase("{n}")}
    return in_language(words[unit], n=number(value))


def span(seconds: float) -> str:
    """20 s, 15 min, 4 h, 1.5 h; hours of cover, so never days."""
    if seconds < 120 and seconds % 60:
        return with_unit(round(seconds), SECONDS, "")
    if seconds < 3600:
        return with_unit(round(seconds / 60, 1), MINUTES, "")
    return with_unit(round(seconds / 3600, 1), HOURS, "")


def share(value: float) -> str:
    """99.95 %"""
    return f"{number(round(value * 100, 3))} %"


def number(value: float) -> str:
    """No more digits than matter, as the reader's language writes them."""
    digits = 0 if abs(value) >= 1000 else 3 if abs(value) < 10 else 2
    return str(format_decimal(round(value, digits), locale=_locale()))


def money(value: float, currency: str) -> str:
    """As the reader's language writes it."""
    return str(format_currency(value, currency, locale=_locale()))


def _locale() -> str:
    return {"en": "en_GB"}.get(current_language(), current_language())
