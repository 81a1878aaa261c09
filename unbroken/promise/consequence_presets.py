"""Compensation that laws and regulators know, ready to be taken over: with dates and sources.

Amounts change by the year, so each stands with the days between which it holds. `mark` says how
sure the source is: read (V), in an excerpt (E), from memory (M). Those from memory come switched
off: have a lawyer look before a customer depends on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unbroken.ground.words import Phrase, _


@dataclass(frozen=True, slots=True)
class Rule:
    """One consequence of a preset, between two days (the last one included)."""

    measure: str
    kind: str
    settings: Mapping[str, str]
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """What one law or habit asks for."""

    key: str
    name: Phrase
    source: str
    mark: str
    rules: tuple[Rule, ...]


def _pounds(amount: str) -> Mapping[str, str]:
    return {"amount": amount, "currency": "GBP", "days": "calendar"}


GERMANY = {
    "amount": "5",
    "percent": "10",
    "later_from": "3",
    "later_amount": "10",
    "later_percent": "20",
    "days": "calendar",
    "currency": "EUR",
}

PRESETS: tuple[Preset, ...] = (
    Preset(
        "uk_automatic",
        _("United Kingdom: automatic compensation (restore within two full working days)"),
        "Ofcom, automatic compensation scheme",
        "E",
        (
            Rule("time_to_restore", "daily_credit", _pounds("8"), date(2019, 4, 1),
                 date(2020, 3, 31)),
            Rule("time_to_restore", "daily_credit", _pounds("9.33"), date(2023, 4, 1),
                 date(2024, 3, 31)),
            Rule("time_to_restore", "daily_credit", _pounds("9.76"), date(2024, 4, 1),
                 date(2025, 3, 31)),
            Rule("time_to_restore", "daily_credit", _pounds("10.34"), date(2026, 4, 1),
                 date(2027, 3, 31)),
            Rule("appointment_kept", "fixed_credit", {"amount": "32.31", "currency": "GBP"},
                 date(2026, 4, 1), date(2027, 3, 31)),
        ),
    ),
    Preset(
        "de_tkg_58",
        _("Germany: § 58 TKG (restore within two calendar days)"),
        "TKG § 58",
        "V",
        (
            Rule("time_to_restore", "daily_credit", GERMANY, date(2021, 12, 1)),
            Rule("appointment_kept", "fixed_credit",
                 {"amount": "10", "percent": "20", "currency": "EUR"}, date(2021, 12, 1)),
        ),
    ),
    Preset(
        "it_agcom",
        _("Italy: AGCOM 347/18/CONS (interruption, unanswered complaint)"),
        "AGCOM 347/18/CONS, Annex A, art. 6 and 12",
        "E",
        (
            Rule("time_to_restore", "daily_credit",
                 {"amount": "6", "days": "calendar", "currency": "EUR"}, date(2018, 7, 18)),
            Rule("complaint_answered", "daily_credit",
                 {"amount": "2.50", "cap": "300", "days": "calendar", "currency": "EUR"},
                 date(2018, 7, 18)),
        ),
    ),
    Preset(
        "fr_gtr",
        _("France: business restore time (GTR), a fixed penalty"),
        "GTR contracts",
        "M",
        (Rule("time_to_restore", "fixed_credit", {"percent": "10", "currency": "EUR"}),),
    ),
    Preset(
        "ru_daily",
        _("Russia: 3 % of the price for each day"),
        "Consumer law",
        "M",
        (
            Rule("time_to_restore", "daily_credit",
                 {"percent": "3", "days": "calendar", "currency": "RUB"}),
        ),
    ),
    Preset(
        "hoster_month",
        _("A hoster: no answer in time, a month for free"),
        "",
        "V",
        (
            Rule("first_answer", "free_month", {}),
            Rule("first_answer", "apology", {}),
        ),
    ),
)  # fmt: skip
