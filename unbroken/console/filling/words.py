"""When a link is full, how full it is now, what to offer: in words."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from unbroken.directory.sizes import Size
from unbroken.evidence.queries.filling import LinkRow
from unbroken.ground.words import Phrase, _, current_language, in_language

FULL_NOW = _("Full in the evenings already")
BETWEEN = _("Full between {soonest} and {latest}, likeliest about {likely}")
NOT_BEFORE = _("Not full before {soonest}; possibly not within a year")
NOT_IN_A_YEAR = _("Not full within a year")
FROM_NOW = _("Full by {latest} at the latest, likeliest about {likely}")
LEVEL = _("{level} % of {size} in the busiest hour, {change} points a week")

BECAME: Mapping[str, Phrase] = {
    "open": _("not known yet"),
    "said": _("came as said"),
    "sooner": _("full sooner than said"),
    "later": _("later than said, or not at all"),
    "widened": _("made larger before"),
    "unknown": _("no records since"),
}


def when(link: LinkRow) -> str:
    """The forecast as a sentence; nine in ten that it is not sooner, nine in ten not later."""
    if link.is_full:
        return in_language(FULL_NOW)
    soonest, likely, latest = (link.on(one) for one in (link.soonest, link.likely, link.latest))
    if soonest is None:
        return in_language(NOT_IN_A_YEAR)
    if latest is None or likely is None:
        return in_language(NOT_BEFORE, soonest=day(soonest))
    if link.soonest is not None and link.soonest <= 7:
        return in_language(FROM_NOW, latest=day(latest), likely=day(likely))
    return in_language(BETWEEN, soonest=day(soonest), latest=day(latest), likely=day(likely))


def level(link: LinkRow) -> str:
    """How full it is, how fast that grows, what it can carry."""
    points = round(100 * link.a_week, 1)
    change = ("−" if points < 0 else "+") + _number(abs(points))
    return in_language(LEVEL, level=round(100 * link.level), size=size(link.kbit), change=change)


def size(kbit: int) -> str:
    """50 Mbit/s, 10 Gbit/s."""
    if kbit >= 1_000_000:
        return f"{_number(kbit / 1_000_000)} Gbit/s"
    return f"{_number(kbit / 1000)} Mbit/s"


def day(on: date) -> str:
    """24 May 2027, as the reader's language writes it."""
    return str(format_date(on, format="medium", locale=_locale()))


def price(one: Size) -> str:
    """What it costs a month."""
    return money(float(one.monthly_price or 0), one.currency)


def money(amount: float, currency: str) -> str:
    """As the reader's language writes it; without a currency the bare number."""
    if not currency:
        return f"{amount:.2f}"
    return str(format_currency(amount, currency, locale=_locale()))


def _number(value: float) -> str:
    return str(format_decimal(round(value, 1), locale=_locale()))


def _locale() -> str:
    return {"en": "en_GB"}.get(current_language(), current_language())
