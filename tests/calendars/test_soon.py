"""What people mean by tonight, tomorrow and next week."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from unbroken.calendars.soon import PRESETS, soon, when_is
from unbroken.calendars.working_time import Calendar

BERLIN = "Europe/Berlin"
OFFICE = Calendar.read(
    {
        "timezone": BERLIN,
        "week": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": ["2026-05-25"],
    }
)


def at(text: str) -> datetime:
    """A wall clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN))


def test_tomorrow_on_a_friday_is_the_next_day_that_has_work() -> None:
    friday = at("2026-05-22T15:00")

    assert when_is("tomorrow", friday, zone=BERLIN, hours=OFFICE) == at("2026-05-26T09:00")
    assert when_is("week", friday, zone=BERLIN, hours=OFFICE) == at("2026-05-26T09:00")
    assert when_is("tonight", friday, zone=BERLIN, hours=OFFICE) == at("2026-05-22T18:00")
    assert when_is("7days", friday, zone=BERLIN, hours=OFFICE) == at("2026-05-29T15:00")
    assert when_is("someday", friday, zone=BERLIN, hours=OFFICE) is None


def test_tonight_is_not_offered_when_it_is_evening_already() -> None:
    offered = soon(at("2026-05-20T17:45"), zone=BERLIN, hours=OFFICE)

    assert [one.key for one in offered] == ["tomorrow", "week", "7days"]


def test_a_week_on_is_the_same_time_of_day_also_when_the_clocks_change() -> None:
    found = when_is("7days", at("2026-10-21T10:00"), zone=BERLIN, hours=None)

    assert found is not None
    assert found.astimezone(ZoneInfo(BERLIN)).isoformat() == "2026-10-28T10:00:00+01:00"


@given(
    st.integers(1_577_836_800, 2_051_222_400).map(lambda n: datetime.fromtimestamp(n, UTC)),
    st.sampled_from(["America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", BERLIN]),
    st.sampled_from([OFFICE, None]),
)
def test_every_time_with_a_name_lies_ahead(
    moment: datetime, zone: str, hours: Calendar | None
) -> None:
    for one in soon(moment, zone=zone, hours=hours):
        assert moment < one.at <= moment + timedelta(days=15)
        assert one.key in PRESETS
