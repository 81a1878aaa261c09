"""The town does what its sentences say, and everything that follows has happened."""

from datetime import datetime, timedelta

import pytest

from town.times import moment
from town.town import Town
from unbroken.directory import queries as directory
from unbroken.ground.log import events_of


def test_a_story_is_told_in_sentences(town: Town) -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")

    town.timo.takes(ticket, at="mon 08:30")
    town.timo.asks(ticket, "which lamp is dark?", at="mon 09:00")
    town.anneke.answers(ticket, "the DSL lamp", at="mon 11:00")
    town.timo.resolves(ticket, remedy="port reset", at="mon 12:00")

    assert town.status(ticket) == "resolved"
    assert town.what_happened(ticket) == [
        "acknowledged",
        "assigned",
        "started",
        "replied",
        "customer_asked",
        "message_added",
        "customer_answered",
        "noted",
        "resolved",
    ]


def test_the_clock_stands_still_while_we_wait_for_the_customer(town: Town) -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")

    town.sofie.asks(ticket, "which lamp is dark?", at="mon 09:00")
    town.anneke.answers(ticket, "the DSL lamp", at="mon 11:00")
    town.sofie.resolves(ticket, at="mon 12:00")

    assert town.elapsed(ticket, "time_to_resolve") == timedelta(hours=2)


def test_what_follows_has_the_storys_own_time(town: Town) -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")

    events = events_of([f"ticket:{ticket}"])

    assert "queued" in town.what_happened(ticket, everything=True)
    assert {event.at for event in events} == {moment("mon 08:00")}


def test_everybody_has_a_customer_a_service_and_neighbours(town: Town) -> None:
    way = [step.key for step in directory.way_up("cpe-77")]

    assert town.anneke.card.customer_name == "Anneke de Wit"
    assert way[:3] == ["cpe-77", "line-77", "cable-44"]
    assert {"dslam-7", "feeder-3", "nas-1"} <= set(way)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mon 08:00", "2026-05-25T08:00:00+02:00"),
        ("next tue 23:59", "2026-06-02T23:59:00+02:00"),
    ],
)
def test_times_are_said_as_people_say_them(said: str, meant: str) -> None:
    assert moment(said) == datetime.fromisoformat(meant)


@pytest.mark.parametrize("said", ["someday 08:00", "last mon 08:00", "08:00"])
def test_a_time_nobody_would_say_is_refused(said: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        moment(said)
