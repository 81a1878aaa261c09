"""The status page tells everybody what is wrong where, and points at nobody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.portal.people import customer
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.outage import actions as outage
from unbroken.portal.status.components import (
    DAYS,
    FEW,
    Area,
    Line,
    Struck,
    away_now,
    drawn,
    lost,
    worked,
)
from unbroken.portal.status.pages import PARTS
from unbroken.portal.status.reading import snapshot

TOWN, STREET, LANE = Area(1, "Lindenhof", 0), Area(2, "Lindenstrasse", 1), Area(3, "Gartenweg", 1)
FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def line(technology: str, area: Area | None, services: int) -> Line:
    return Line(technology, area.id if area else 0, "", 0, services)


def test_an_area_with_few_services_is_told_as_part_of_the_one_above() -> None:
    found = drawn(
        [line("vdsl", STREET, 9), line("adsl", LANE, 2), line("gpon", LANE, 1)],
        [TOWN, STREET, LANE],
    )

    named = {(one.family, one.area, one.services) for one in found.components}
    assert named == {("dsl", "Lindenstrasse", 9), ("dsl", "", 2), ("fibre", "", 1)}
    assert found.component_of("adsl", LANE.id) == found.component_of("dsl", LANE.id) != ""


def test_time_before_we_measured_and_time_to_come_is_claimed_by_nobody() -> None:
    at = FIRST + timedelta(days=10, hours=12)
    days, share = worked((), 10, first=FIRST, measured_from=FIRST + timedelta(days=8), at=at)

    assert [day for day in days if day is not None] == [1.0] * 3
    assert len(days) == DAYS
    assert share == 1.0
    assert worked((), 10, first=FIRST, measured_from=at, at=at)[1] is None


def test_what_was_lost_is_counted_by_service_and_day_over_midnight() -> None:
    where = drawn([line("vdsl", STREET, 10)], [STREET])
    key = where.components[0].id
    struck = [
        Struck(1, "vdsl", 2, FIRST + timedelta(hours=18), FIRST + timedelta(hours=30), 5),
        Struck(2, "vdsl", 2, FIRST + timedelta(hours=47), None, 10),
    ]
    at = FIRST + timedelta(hours=48)

    gone = lost(struck, where, first=FIRST, at=at)[key]
    days, share = worked(gone, 10, first=FIRST, measured_from=FIRST, at=at)

    assert gone[:2] == [5 * 6 * 3600, 5 * 6 * 3600 + 10 * 3600]
    assert days[0] == pytest.approx(1 - 30 / 240)
    assert share == pytest.approx(1 - 70 / 480)
    assert away_now(struck, where, at=at) == {key: 10}


@pytest.mark.django_db
def test_a_cut_cable_stands_on_the_page_in_json_and_in_the_feed_and_one_house_nowhere() -> None:
    at, home = now(), customer("Quokka Ltd")
    street = directory.register_place(name="Lindenstrasse", by=HOUSE, at=at)
    lines = [
        directory.register_service(
            customer_id=home, technology="vdsl", place_id=street, by=HOUSE, at=at
        )
        for _ in range(FEW + 2)
    ]
    cable = problem("cable-44", lines[:FEW], at)
    problem("port-1", lines[FEW:], at)
    outage.take_step(problem_id=cable, step="left", by=HOUSE, at=at)
    outage.give_news(
        problem_id=cable, text="A digger cut it. <b>", next_at=at + timedelta(hours=1),
        by=HOUSE, at=at,
    )  # fmt: skip
    snapshot.forget()
    client = Client()

    page = client.get("/status")
    told = client.get("/api/v2/summary.json").json()
    feed = client.get("/status.atom").content.decode()

    text = page.content.decode()
    assert "Internet by telephone line: Lindenstrasse does not work" in text
    assert "The crew is on its way." in text
    assert "A digger cut it. &lt;b&gt;" in text
    assert "port-1" not in text
    assert "cable-44" not in text
    assert [one["name"] for one in told["incidents"]] == [
        "Internet by telephone line: Lindenstrasse does not work"
    ]
    assert told["incidents"][0]["incident_updates"][0]["body"] == "A digger cut it. <b>"
    assert told["status"]["indicator"] == "major"
    states = {one["status"] for one in told["components"]}
    assert states == {"major_outage"}
    assert "A digger cut it. &lt;b&gt;" in feed
    assert page.headers["Cache-Control"].startswith("public")
    assert "csrf" not in text, "a page for everybody holds nothing of one reader"
    for what in PARTS:
        body = client.get(f"/api/v2/{what}.json").content.decode()
        assert not [one for one in ("Quokka", "cable-44", "port-1") if one in body], what
    assert "Accept-Language" in client.get("/status.atom").headers["Vary"]
    again = client.get("/status", headers={"if-none-match": page.headers["ETag"]})
    assert again.status_code in (200, 304)
    assert client.get("/api/v2/nothing.json").status_code == 404
    assert client.get("/api/v2/incidents/unresolved.json").json()["incidents"][0]["id"][0] == "p"


def problem(element: str, services: list[Any], at: datetime) -> Any:
    return outage.open_problem(
        element=element, origin="agent", severity="major", since=at - timedelta(hours=1),
        services={int(one): at - timedelta(hours=1) for one in services}, by=HOUSE, at=at,
    )  # fmt: skip


@pytest.mark.django_db
def test_while_the_database_is_away_the_last_page_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is away in the very hour in which everybody looks."""
    page, there = Client(), ("/status?in=it", "/api/v2/summary.json", "/status.atom")
    before = [page.get(path).content for path in there]

    def away() -> None:
        raise OperationalError("the database is away")

    snapshot.forget()
    monkeypatch.setattr(snapshot, "_ask", away)
    for _reader in range(2):
        assert [page.get(path).content for path in there] == before
    snapshot.forget()
