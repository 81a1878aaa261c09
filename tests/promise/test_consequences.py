"""What a missed promise costs: sums are pure, and every amount follows from dates one can read."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from unbroken.calendars.working_time import Calendar
from unbroken.promise.consequence import BadSettings, Missed, days_missed, money
from unbroken.promise.consequence_presets import PRESETS
from unbroken.promise.consequences import all_consequences
from unbroken.promise.measures import all_measures

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = Calendar.read({"timezone": "Europe/Berlin", "week": HOURS, "holidays": []})


def on(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def miss(due: str, until: str, price: str | None = "40.00") -> Missed:
    return Missed(on(due), on(until), OFFICE, Decimal(price) if price else None, "EUR")


def amounts(key: str, missed: Missed, **settings: str) -> list[str]:
    owed = all_consequences()[key].owed
    assert owed is not None
    return [str(one.amount) for one in owed(missed, settings)]


def test_a_day_counts_when_it_has_begun_and_midnight_belongs_to_the_day_before() -> None:
    assert days_missed(miss("2026-05-06T00:00", "2026-05-06T10:00"), working_only=False) == 1
    assert days_missed(miss("2026-05-06T09:00", "2026-05-06T20:00"), working_only=False) == 0
    assert days_missed(miss("2026-05-06T09:00", "2026-05-08T00:00"), working_only=False) == 1
    assert days_missed(miss("2026-05-06T09:00", "2026-05-08T00:01"), working_only=False) == 2


def test_working_days_leave_the_weekend_out() -> None:
    over_it = miss("2026-05-08T12:00", "2026-05-12T12:00")

    assert days_missed(over_it, working_only=True) == 2
    assert days_missed(over_it, working_only=False) == 4


def test_germany_pays_the_higher_of_five_euros_and_a_tenth_and_double_from_the_fifth_day() -> None:
    (rule,) = [r for p in PRESETS if p.key == "de_tkg_58" for r in p.rules
               if r.kind == "daily_credit"]  # fmt: skip
    # Reported on the 4th, due two calendar days later at midnight; days 3, 4 and 5 begin.
    three_days = ("2026-05-07T00:00", "2026-05-09T12:00")

    cheap = amounts("daily_credit", miss(*three_days, price="20.00"), **rule.settings)
    dear = amounts("daily_credit", miss(*three_days, price="120.00"), **rule.settings)

    assert cheap == ["5.00", "5.00", "10.00"]
    assert dear == ["12.00", "12.00", "24.00"]


def test_a_cap_cuts_the_last_day_and_ends_it() -> None:
    week = miss("2026-05-04T00:00", "2026-05-11T00:00")

    assert amounts("daily_credit", week, amount="2.50", cap="6") == ["2.50", "2.50", "1.00"]


def test_a_free_month_of_an_unknown_price_is_nothing() -> None:
    assert amounts("free_month", miss("2026-05-04T00:00", "2026-05-05T00:00")) == ["40.00"]
    assert amounts("free_month", miss("2026-05-04T00:00", "2026-05-05T00:00", None)) == []


@pytest.mark.parametrize("text", ["-1", "NaN", "Infinity", "x", "1e99"])
def test_an_amount_is_a_number_from_nothing_to_a_million(text: str) -> None:
    with pytest.raises(BadSettings):
        money({"amount": text}, "amount")


def test_presets_name_measures_and_kinds_that_exist_and_those_from_memory_are_marked() -> None:
    for preset in PRESETS:
        assert preset.mark in ("V", "E", "M")
        for rule in preset.rules:
            assert rule.measure in all_measures()
            assert set(rule.settings) <= {*all_consequences()[rule.kind].fields, "currency"}
