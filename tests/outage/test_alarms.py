"""An alarm from outside opens a problem alone, once, and ends it; noise opens none."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.evidence.test_watch import (
    CABLES,
    MINUTE,
    MORNING,
    NIGHT,
    SECOND,
    cable,
    come_in,
    village,
)
from unbroken.conversation import actions as record
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import problem_of
from unbroken.directory.topology_queries import services_below
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.doors.snmptrap import _alarm
from unbroken.evidence.folding import fold_some
from unbroken.evidence.observed import Observed
from unbroken.evidence.radius.records import INTERIM, START
from unbroken.evidence.snmp.traps import Trap
from unbroken.evidence.state import readings
from unbroken.evidence.watch import Watch
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.outage import matching, queries
from unbroken.outage.actions import open_problem
from unbroken.outage.alarming import Alarming

__all__ = ["village"]

pytestmark = pytest.mark.usefixtures("village")


def alarm(element: str, at: datetime, state: str = "raised", kind: str = "unreachable") -> None:
    """Another system says so, two seconds later."""
    readings.note([Observed(element, at, at + 2 * SECOND, alarm=(kind, state))])


def looked(alarming: Alarming, *minutes: float, after: datetime = MORNING) -> list[str]:
    """The elements of the open problems once it has looked at these minutes."""
    for one in minutes:
        alarming.look(at=after + one * MINUTE)
    return [problem.element for problem in queries.open_problems()]


def test_an_alarm_alone_opens_one_problem_and_its_end_ends_it() -> None:
    """The sessions of these lines never speak: only the alarm says anything."""
    alarming = Alarming(at=MORNING - MINUTE)
    alarm("dslam-v", MORNING)
    alarm("cable-a", MORNING + SECOND, kind="down")
    assert looked(alarming, 0.5, 2) == []

    assert looked(alarming, 6, 7) == ["dslam-v"]
    (problem,) = queries.open_problems()
    assert (problem.origin, problem.since, problem.cause) == ("alarm", MORNING, "access_node")
    assert len(queries.affected_by(problem.id, only_away=True)) == 12

    again = Alarming(at=MORNING + 8 * MINUTE)
    alarm("dslam-v", MORNING + 20 * MINUTE, "cleared")
    alarm("cable-a", MORNING + 20 * MINUTE, "cleared", kind="down")
    assert looked(again, 20.5) == ["dslam-v"]
    assert looked(again, 22) == []
    ended = queries.problem(problem.id)
    assert ended is not None
    assert (ended.state, ended.until) == ("resolved", MORNING + 20 * MINUTE)

    alarm("dslam-v", MORNING + 25 * MINUTE)
    assert looked(again, 26, 31) == ["dslam-v"]
    assert [one.id for one in queries.open_problems()] == [problem.id]


def test_it_waits_for_lines_that_are_not_back_and_leaves_the_few_alone() -> None:
    alarming = Alarming(at=MORNING - MINUTE)
    alarm("dslam-v", MORNING)
    looked(alarming, 6)
    come_in(cable(MORNING + MINUTE), at=MORNING + 70 * SECOND)
    fold_some()
    alarm("dslam-v", MORNING + 20 * MINUTE, "cleared")
    assert looked(alarming, 23) == ["dslam-v"]

    back = MORNING + 25 * MINUTE
    come_in(cable(back, START)[:5], at=back + 8 * SECOND, session="2")
    fold_some()
    assert looked(alarming, 27) == []
    assert len(queries.affected_by(queries.latest_problems(since=NIGHT)[0].id, only_away=True)) == 1


def test_what_flaps_what_its_lines_contradict_and_what_is_cheap_opens_nothing() -> None:
    alarming = Alarming(at=MORNING - MINUTE)
    for at in (0, 3, 6):
        alarm("cable-b", MORNING + at * MINUTE)
        alarm("cable-b", MORNING + (at + 2) * MINUTE, "cleared")
    alarm("cable-b", MORNING + 9 * MINUTE)
    alarm("cable-a", MORNING)
    come_in(cable(MORNING + MINUTE, INTERIM), at=MORNING + 2 * MINUTE)
    fold_some()
    alarm("dslam-v", MORNING, kind="high-temperature")
    alarm("nas-v", MORNING, kind="Disk full")
    alarm("l-cable-a-0", MORNING, kind="LOS")
    alarm("nowhere", MORNING)

    assert looked(alarming, 1, 5, 10, 15, 20) == []
    alarm("nas-v", MORNING - timedelta(hours=3))  # taken in from a file: history
    assert looked(alarming, 21) == []
    assert looked(alarming, 25) == ["cable-b"]  # it stays by now


def test_a_click_an_alarm_and_the_records_are_one_problem() -> None:
    services = {one.id: MORNING for one in services_below("cable-a")[:1]}
    by_hand = open_problem(
        element="cable-a", origin="agent", severity="minor", since=MORNING, services=services,
        by=HOUSE, at=MORNING,
    )  # fmt: skip
    alarming, watch = Alarming(at=NIGHT + MINUTE), Watch(at=NIGHT + MINUTE)
    alarm("cable-a", MORNING)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    fold_some()
    looked(alarming, 6)
    watch.look(at=MORNING + 6 * MINUTE)
    drain(at=MORNING + 6 * MINUTE)

    assert [one.id for one in queries.open_problems()] == [by_hand]


def test_the_records_back_what_an_alarm_said_of_the_element_above() -> None:
    alarming, watch = Alarming(at=NIGHT + MINUTE), Watch(at=NIGHT + MINUTE)
    alarm("dslam-v", MORNING)
    looked(alarming, 6)
    for name in CABLES:
        come_in(cable(MORNING + 5 * MINUTE, cable=name), at=MORNING + 6 * MINUTE)
    watch.look(at=MORNING + 8 * MINUTE)
    drain(at=MORNING + 8 * MINUTE)

    (problem,) = queries.open_problems()
    assert problem.finding_id is not None
    kinds = [one.kind for one in events_of([f"problem:{problem.id}"])]
    assert kinds.count("problem.opened") == 1


def test_what_the_records_found_first_is_what_the_alarm_is_about() -> None:
    alarming, watch = Alarming(at=NIGHT + MINUTE), Watch(at=NIGHT + MINUTE)
    alarm("cable-a", MORNING)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    fold_some()
    watch.look(at=MORNING + 2 * MINUTE)
    drain(at=MORNING + 2 * MINUTE)
    assert looked(alarming, 3, 6, 10) == ["cable-a"]
    assert queries.open_problems()[0].origin == "silence"


def test_when_work_overruns_the_alarm_and_the_records_open_one_problem_after_the_other() -> None:
    """Accident: both knew within two seconds, and everybody was told twice."""
    note_planned_window(
        key="netco MW-1", since=MORNING - MINUTE, until=MORNING + 30 * MINUTE,
        resources=["cable-a"], by=HOUSE, at=NIGHT,
    )  # fmt: skip
    alarming, watch = Alarming(at=NIGHT + MINUTE), Watch(at=NIGHT + MINUTE)
    alarm("cable-a", MORNING)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    fold_some()
    watch.look(at=MORNING + 3 * MINUTE)
    drain(at=MORNING + 3 * MINUTE)
    assert looked(alarming, 8, 29) == []

    with CaptureQueriesContext(connection) as asked:
        assert looked(alarming, 31) == ["cable-a"]
    watch.look(at=MORNING + 31 * MINUTE)
    with CaptureQueriesContext(connection) as also:
        drain(at=MORNING + 31 * MINUTE)
    (problem,) = queries.open_problems()
    assert (problem.origin, problem.announced) == ("alarm", "netco MW-1")
    assert problem.finding_id is not None
    for run in (asked, also):  # whoever comes second waits, then reads what the first opened
        said = [one["sql"] for one in run.captured_queries]
        locked = next(n for n, sql in enumerate(said) if "unbroken.problem.opens" in (sql or ""))
        assert any("service_problem" in (sql or "") for sql in said[locked + 1 :])


def test_a_trap_names_the_link_by_its_device_and_one_that_was_shut_is_no_alarm() -> None:
    told = Trap("public", "", "linkDown", "port_down", (("ifName.7", "xe-0/0/7"),))
    shut = Trap(
        "public", "", "linkDown", "port_down", (("ifAlias.7", "cable-a"), ("ifAdminStatus.7", "2"))
    )
    known = Trap("public", "", "linkUp", "port_up", (("ifAlias.7", "cable-a"),))

    assert [_alarm(one, "dslam-v", MORNING) for one in (told, shut)] == [None, None]
    found = _alarm(known, "dslam-v", MORNING)
    assert found is not None
    assert (found.resource, found.alarm) == ("cable-a", ("down", "cleared"))


def test_whose_own_verdict_names_the_trouble_belongs_to_it_before_it_is_counted() -> None:
    """Accident: the stop of one line is lost, so the detector does not miss it."""
    problem = open_problem(
        element="cable-a", origin="silence", severity="major", cause="cable_cut", since=MORNING,
        services={one.id: MORNING for one in services_below("cable-a")[:4]}, by=HOUSE, at=MORNING,
    )  # fmt: skip
    number, other, alone = (
        one.id for one in [*services_below("cable-a")[4:], *services_below("l-cable-b-0")]
    )

    def asked(service: int, **told: object) -> int | None:
        opening = Opening(
            name="It does not work", channel="mail", reported_at=MORNING, ticket_type="incident",
            language="en", service_id=service,
        )  # fmt: skip
        said = Incoming(author=HOUSE, channel="mail", words="No internet.", at=MORNING)
        ticket, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=MORNING)
        verdict = {"cause": "cable_cut", "certainty": 0.9, "since": MORNING + MINUTE, "affected": 6}
        found = LineLookedAt(**{**verdict, "element": "cable-a", **told})  # type: ignore[arg-type]
        record.note_looked(ticket_id=ticket, found=found, by=HOUSE, at=MORNING + 2 * MINUTE)
        matching.match(ticket, at=MORNING + 2 * MINUTE)
        return problem_of(ticket)

    assert asked(alone, element="cable-b") is None
    assert asked(other, since=MORNING - timedelta(days=1)) is None
    assert asked(other, affected=1) is None
    assert asked(number) == problem
    away = {one.service_id for one in queries.affected_by(problem, only_away=True)}
    assert number in away
    assert other not in away
