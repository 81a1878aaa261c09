"""The network as it is now, and what outages cost: what is shown, to whom, at what price."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.console.desk import SOFIE, Desk
from town.lindenhof import inventory
from unbroken.console.overview import after, burst, places, tree
from unbroken.console.overview.now import _kept
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.topology_queries import services_below
from unbroken.evidence.facts import Element
from unbroken.evidence.silence.network import Network
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.outage import actions
from unbroken.outage.ids import ProblemId
from unbroken.staffing.actions import give_role
from unbroken.staffing.ids import AgentId

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lindenhof(desk: Desk) -> Desk:
    """A desk with the town's network."""
    import_inventory([json.dumps(inventory())], by=HOUSE, at=now())
    return desk


def broken(element: str, *, since: datetime, origin: str = "silence") -> ProblemId:
    """Everybody on it is away."""
    services = {one.id: since for one in services_below(element)}
    return actions.open_problem(
        element=element, origin=origin, severity="major", cause="cable_cut", since=since,
        detected_at=since + timedelta(seconds=90), services=services, by=HOUSE, at=now(),
    )  # fmt: skip


def test_it_says_what_is_known_and_what_is_not_and_asks_little_however_much_is_wrong(
    lindenhof: Desk,
) -> None:
    desk = lindenhof
    sofie = desk.client(SOFIE)
    assert (
        "Nothing is wrong that many share." in sofie.get("/console/problems/now").content.decode()
    )
    hour_ago = now() - timedelta(hours=1)
    cable, olt = broken("cable-44", since=hour_ago), broken("olt-2", since=hour_ago, origin="alarm")
    actions.promise_news(problem_id=cable, next_at=now() + timedelta(hours=1), by=HOUSE, at=now())
    actions.take_step(problem_id=olt, step="working", by=HOUSE, at=now())
    _kept.forget()

    page = sofie.get("/console/problems/now").content.decode()
    there = len(services_below("cable-44"))
    assert f"▲{cable} {there}/{there} Cable 44, Lindenstrasse" in page
    assert "the records do not show it yet" in page
    assert "The crew is working" in page
    assert 'text-anchor="' in page
    assert 'data-tone="all"' in page

    counts = []
    for more in ("", "cable-45"):
        if more:
            broken(more, since=hour_ago)
        _kept.forget()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            part = sofie.get("/console/problems/now", headers=HTMX)
        assert part.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 16
    with CaptureQueriesContext(connection) as asked:
        assert sofie.get("/console/problems/full").status_code == 200
    assert len(asked) <= 8  # what everybody looks at is made once


def test_what_outages_cost_is_for_those_who_see_reports_and_a_table_of_them(
    lindenhof: Desk,
) -> None:
    desk = lindenhof
    sofie = desk.client(SOFIE)
    since = now() - timedelta(hours=3)
    cable = broken("cable-44", since=since)
    actions.end_problem(problem_id=cable, until=since + timedelta(hours=2), by=HOUSE, at=now())
    there = len(services_below("cable-44"))
    assert sofie.get("/console/problems/after").status_code == 403

    give_role(agent_id=AgentId(desk.agents[SOFIE]), role="lead", by=HOUSE, at=now())
    for by in ("month", "element", "kind", "cause", "partner", "'"):
        page = sofie.get(f"/console/problems/after?by={by}&months=3").content.decode()
        assert "1 min" in page  # noticed
        assert "2 h 00 min" in page  # back
        assert f"<td>{120 * there}</td>" in page  # each for two hours
    table = sofie.get("/console/problems/after.csv").content.decode()
    head, line = table.strip().splitlines()
    found = dict(zip(head.lstrip("\ufeff").split(","), line.split(","), strict=True))
    assert (found["element"], found["detect_seconds"], found["restore_seconds"]) == (
        "cable-44", "90", "7200",
    )  # fmt: skip
    assert (found["service_minutes"], found["services"]) == (str(120 * there), str(there))


NETWORK = Network(
    [
        Element("feeder", "feeder"),
        Element("nas", "nas", ("feeder",)),
        Element("dslam-1", "dslam", ("nas",)),
        Element("dslam-2", "dslam", ("nas",)),
        *(Element(f"l{n}", "line", ("dslam-1" if n else "dslam-2",)) for n in range(200)),
    ],
    {f"s{n}": f"l{n}" for n in range(200)},
)


def test_the_tree_leaves_out_power_and_draws_what_is_broken_large_enough_to_read() -> None:
    drawn = tree.tree(NETWORK, ["s0"], {"dslam-2": 7, "feeder": 8})

    by_key = {one.key: one for one in drawn.cells}
    assert by_key.keys() == {"nas", "dslam-1", "dslam-2"}
    assert by_key["dslam-2"].has_words
    assert (by_key["dslam-2"].tone, by_key["nas"].tone, by_key["dslam-1"].tone) == (
        "all",
        "some",
        "",
    )
    assert by_key["dslam-1"].x == by_key["dslam-2"].x > by_key["nas"].x
    assert drawn.power == (("feeder", 8),)
    bottom = max(one.y + one.height for one in drawn.cells)
    assert bottom <= drawn.height + 1
    assert tree.tree(Network([], {}), [], {}).cells == ()


def test_the_map_keeps_north_up_and_no_name_stands_on_another() -> None:
    spots = [places.Spot(f"Village {n}", 50 + n / 40, 8 + n / 900, 10 + n) for n in range(40)]
    drawn = places.drawn([*spots, places.Spot("Broken", 50.5, 8.4, 1, 1, (3,))])
    assert drawn is not None

    by_name = {one.spot.name: one for one in drawn.dots}
    assert by_name["Village 39"].y < by_name["Village 0"].y
    assert by_name["Broken"].anchor
    assert drawn.dots[-1].spot.name == "Broken"  # drawn last, over the others
    named = [one for one in drawn.dots if one.anchor]
    assert 3 < len(named) < 41
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.dots)
    assert places.drawn([]) is None
    alone = places.drawn([places.Spot("Here", 52.0, 13.0, 5)])
    assert alone is not None
    assert (alone.dots[0].x, alone.dots[0].y) == (200.0, 160.0)


def test_calls_come_soon_after_the_break_and_people_are_reckoned_for_both() -> None:
    share = burst.share_who_call(joined=45, affected=900)
    fresh, old = burst.Burst(400, 0.0), burst.Burst(400, 4 * 3600.0)
    assert share == 0.05
    assert 14 < burst.still_to_call([fresh], share) < 16
    assert burst.still_to_call([old], share) < 0.1

    how = burst.Answering(300, 60, 0.8, 180)
    calm = burst.expected(6.0, 0.0, on=3, how=how)
    storm = burst.expected(6.0, 60.0, on=3, how=how)
    assert not calm.is_short
    assert storm.is_short
    assert storm.need is not None
    assert calm.need is not None
    assert storm.need > calm.need
    assert storm.answered < calm.answered
    nothing = burst.expected(None, 0.0, on=0, how=how)
    assert (nothing.need, nothing.calls, nothing.is_short) == (0, 0, False)


def test_a_span_that_makes_no_sense_is_a_year(desk: Desk) -> None:
    at = datetime(2026, 2, 3, tzinfo=UTC)
    for months in ("", "x", "9" * 400, "-1", "7"):
        assert after.asked("", months, at=at).months == 12
    span = after.asked("cause", "3", at=at)
    assert (span.by, span.since.year, span.since.month) == ("cause", 2025, 12)
