"""What speaks against work at a time: the rules alone."""

from datetime import UTC, date, datetime, timedelta

from unbroken.outage.plans.conflicts import Conflict, Way, Work, conflicts

NIGHT = datetime(2026, 6, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHAINS = {
    "cable-1": ("cable-1", "dslam-1"),
    "cable-2": ("cable-2", "dslam-2"),
    "dslam-1": ("dslam-1",),
}
WAYS = [
    Way("dsl", 7, 3, "", frozenset({"cable-1"})),
    Way("radio", 7, 3, "", frozenset({"mast-1"})),
    Way("tv", 8, 4, "gold", frozenset({"cable-1"})),
    Way("net", 8, 4, "gold", frozenset({"cable-1"})),
]


def work(key: str, *things: str, touches: tuple[str, ...] = (), start: int = 0) -> Work:
    since = NIGHT + start * HOUR
    return Work(key, since, since + 4 * HOUR, things, "OUTAGE", frozenset(touches))


def against(
    one: Work,
    *others: Work,
    freezes: tuple[tuple[date, date, str], ...] = (),
    days: int = 30,
    notice: dict[str, int] | None = None,
) -> list[Conflict]:
    return conflicts(
        one,
        others,
        chains=CHAINS,
        ways=WAYS,
        freezes=freezes,
        notice=notice or {},
        zone="Europe/Berlin",
        at=NIGHT - timedelta(days=days),
    )


def test_two_works_at_one_element_or_below_one_another_at_one_time() -> None:
    cable = work("plan 1", "cable-1")
    assert [one.kind for one in against(cable, work("x", "dslam-1"))] == ["same_element"]
    assert [one.kind for one in against(work("plan 1", "dslam-1"), work("x", "cable-1"))] == [
        "same_element"
    ]
    assert against(cable, work("x", "cable-2"), work("y", "cable-1", start=4)) == []
    assert against(cable, cable) == []


def test_who_has_two_separate_ways_must_not_lose_both() -> None:
    """Accident: the cable is worked on in the night in which a carrier takes the mast down."""
    cable = work("plan 1", "cable-1", touches=("dsl", "tv", "net"))
    mast = work("netco 4", "mast-1", touches=("radio",))
    assert against(cable) == [], "two services right below one cable are one way, not two"
    assert against(cable, mast) == [Conflict("both_ways", "netco 4", count=1)]
    both = work("plan 1", "cable-1", "mast-1", touches=("dsl", "radio"))
    assert against(both) == [Conflict("both_ways", count=1)]


def test_days_without_work_are_counted_where_we_are() -> None:
    """Accident: 23:00 UTC is the next day in Berlin."""
    late = work("plan 1", "cable-1", start=-3)
    day = (date(2026, 6, 7), date(2026, 6, 7), "Election")
    eve = (date(2026, 6, 6), date(2026, 6, 6), "Eve")
    assert against(late, freezes=(day, eve)) == [Conflict("freeze", what="Election")]


def test_each_is_told_as_long_before_as_their_agreement_says() -> None:
    cable = work("plan 1", "cable-1", touches=("dsl", "tv", "net"))
    assert against(cable, days=6) == []
    assert against(cable, days=6, notice={"gold": 240}) == [
        Conflict("short_notice", what="gold", count=2)
    ]
    assert [(one.what, one.count) for one in against(cable, days=1)] == [("", 1), ("gold", 2)]
