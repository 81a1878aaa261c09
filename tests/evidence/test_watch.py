"""The detector that never stops: what it notes, what it must not, and what a restart changes."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from struct import pack as packed

import pytest

from tests.evidence.radius import SECRET, attribute, packet
from town.town import Town
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import joined_to, ticket_facts
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.topology_queries import service_ids
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.folding import fold_some
from unbroken.evidence.queries.silences import silence
from unbroken.evidence.radius.entries import PACKET, Entry, pack
from unbroken.evidence.radius.records import INTERIM, START, STOP
from unbroken.evidence.reading import naming
from unbroken.evidence.state import partitions, radius
from unbroken.evidence.watch import Watch
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.outage import queries
from unbroken.outage.actions import end_problem, merge_problem, open_problem
from unbroken.outage.ids import ProblemId
from unbroken.outage.plans import actions as plans
from unbroken.outage.plans.actions import PlanSheet
from unbroken.outage.plans.loops import look_at_plans
from unbroken.outage.settling import settle_all

MORNING = datetime(2026, 5, 24, 6, 10, tzinfo=UTC)
NIGHT = MORNING - timedelta(hours=5)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
CABLES = ("cable-a", "cable-b")
LINES = [f"{cable}-{number}" for cable in CABLES for number in range(6)]


@pytest.fixture
def village(town: Town) -> None:
    """Two cables of six lines on one DSLAM."""
    naming.forget()
    network: list[dict[str, object]] = [
        {"id": "nas-v", "kind": "nas", "address": "192.0.2.10", "radius_secret": SECRET.decode()},
        {"id": "dslam-v", "kind": "dslam", "parents": ["nas-v"]},
    ]
    network += [{"id": c, "kind": "cable", "parents": ["dslam-v"]} for c in CABLES]
    network += [{"id": f"l-{x}", "kind": "line", "parents": [x[:7]]} for x in LINES]
    services = [
        {"id": f"s-{x}", "technology": "vdsl", "access": f"{x}@isp", "resource": f"l-{x}"}
        for x in LINES
    ]
    people = [{"name": "Ute", "email": "ute@lindenhof.example"}]
    customers = [
        {"id": "c-v", "name": "Lindenhof", "kind": "company", "contacts": people}
        | {"services": services}
    ]
    inventory = json.dumps({"resources": network, "customers": customers})
    import_inventory([inventory], by=HOUSE, at=NIGHT)
    partitions.ensure("radius_batch", {MORNING.date()})
    radius.keep(*_batch([(line, START, NIGHT) for line in LINES]), taken_at=NIGHT + SECOND)
    fold_some()


Told = tuple[str, int, datetime]


def _batch(told: Iterable[Told], session: str = "1") -> tuple[bytes, int]:
    entries = []
    for line, status, at in told:
        body = (
            attribute(40, status) + attribute(1, f"{line}@isp") + attribute(44, f"{line}/{session}")
        )
        body += attribute(4, b"\xc0\x00\x02\x0a") + attribute(55, int(at.timestamp()))
        body += attribute(46, 0 if status == START else max(0, int((at - NIGHT).total_seconds())))
        body += attribute(49, packed("!I", 2)) if status == STOP else b""
        arrived = (at + SECOND).timestamp()
        entries.append(Entry(arrived, "192.0.2.10", PACKET, packet(body)))
    return pack(entries), len(entries)


def come_in(told: Iterable[Told], *, at: datetime, session: str = "1") -> None:
    """The door made these durable."""
    radius.keep(*_batch(told, session), taken_at=at)


def cable(at: datetime, status: int = STOP, cable: str = "cable-a") -> list[Told]:
    return [(f"{cable}-{n}", status, at + n * SECOND) for n in range(6)]


def noted() -> list[list[str]]:
    kinds = []
    for number in range(1, 20):
        told = events_of([f"silence:{number}"])
        if told:
            kinds.append([one.kind.removeprefix("evidence.") for one in told])
    return kinds


def silences() -> list[str]:
    return [one.element for one in queries.open_problems()]


@pytest.mark.usefixtures("village")
def test_a_cable_is_a_problem_within_two_minutes_and_ends_when_its_lines_are_heard() -> None:
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 10 * SECOND)
    assert not watch.look(at=MORNING + 2 * MINUTE)
    drain(at=MORNING + 2 * MINUTE)

    (problem,) = queries.open_problems()
    assert (problem.element, problem.cause, problem.since) == ("cable-a", "cable_cut", MORNING)
    assert problem.detected_at - MORNING < 2 * MINUTE
    assert len(queries.affected_by(problem.id, only_away=True)) == 6

    back = MORNING + timedelta(hours=1)
    come_in(cable(back, START), at=back + 7 * SECOND, session="2")
    watch.look(at=back + 10 * SECOND)
    drain(at=back + 10 * SECOND)

    ended = queries.problem(problem.id)
    assert ended is not None
    assert ended.state == "resolved"
    assert back <= (ended.until or MORNING) <= back + 10 * SECOND
    assert queries.affected_by(problem.id, only_away=True) == []


def asks(service: str, *, at: datetime) -> TicketId:
    """Somebody writes about one of the lines."""
    opening = Opening(
        name="It does not work", channel="mail", reported_at=at, ticket_type="incident",
        language="en", service_id=service_ids([service])[service],
    )  # fmt: skip
    said = Incoming(author=HOUSE, channel="mail", words="No internet.", at=at)
    ticket, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=at)
    drain(at=at)
    return ticket


@pytest.mark.usefixtures("village")
def test_three_requests_about_the_cable_end_with_it_but_for_the_line_that_is_not_back() -> None:
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 10 * SECOND)
    early = asks("s-cable-a-0", at=MORNING + 30 * SECOND)
    watch.look(at=MORNING + 2 * MINUTE)
    drain(at=MORNING + 2 * MINUTE)
    later = [asks(f"s-cable-a-{n}", at=MORNING + 10 * MINUTE) for n in (1, 5)]
    other = asks("s-cable-b-1", at=MORNING + 10 * MINUTE)

    (problem,) = queries.open_problems()
    assert joined_to(problem.id) == [early, *later]
    facts = ticket_facts(later[0])
    assert facts is not None
    assert facts.sleep == "answer"

    back = MORNING + timedelta(hours=1)
    come_in(cable(back, START)[:5], at=back + 7 * SECOND, session="2")
    drain(at=back + 8 * SECOND)
    watch.look(at=back + 10 * SECOND)
    drain(at=back + 10 * SECOND)
    fold_some()
    by_hand = queries.still_silent(problem.id)
    if queries.problem(problem.id).is_open:  # type: ignore[union-attr]
        end_problem(
            problem_id=ProblemId(problem.id), until=back, left=by_hand, by=HOUSE, at=back + MINUTE
        )
        drain(at=back + MINUTE)

    states = [ticket_facts(one).status for one in (early, *later, other)]  # type: ignore[union-attr]
    assert states == ["resolved", "resolved", "acknowledged", "acknowledged"]
    assert joined_to(problem.id) == [later[1]], "a little time to come back"
    for _again in range(2):
        settle_all(at=back + 12 * MINUTE)
        drain(at=back + 12 * MINUTE)
    assert joined_to(problem.id) == []
    told = [one.kind for one in events_of([f"problem:{problem.id}"])]
    assert told[-2:] == ["problem.ended", "problem.left_alone"]
    looks = [one for one in events_of([f"ticket:{later[1]}"]) if one.kind == "ticket.looked"]
    assert len(looks) == 2  # when it came, and anew for the line that is not back
    assert looks[1].at > looks[0].at


@pytest.mark.parametrize("is_killed", [False, True])
@pytest.mark.usefixtures("village")
def test_a_line_that_is_back_a_minute_after_the_end_ends_its_request_and_opens_nothing_again(
    is_killed: bool,
) -> None:
    """Accident: the last of nine is late; its request stays open, or all hear "again"."""
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 2 * MINUTE)
    drain(at=MORNING + 2 * MINUTE)
    request = asks("s-cable-a-5", at=MORNING + 10 * MINUTE)
    (problem,) = queries.open_problems()
    back = MORNING + timedelta(hours=1)
    come_in(cable(back, START)[:4], at=back + 7 * SECOND, session="2")
    watch.look(at=back + 10 * SECOND)
    drain(at=back + 10 * SECOND)
    left = sorted(service_ids(["s-cable-a-4", "s-cable-a-5"]).values())
    end_problem(problem_id=ProblemId(problem.id), until=back, left=left, by=HOUSE, at=back)

    for number in (5, 4):
        late = back + (6 - number) * MINUTE
        come_in(cable(late, START)[number : number + 1], at=late + 7 * SECOND, session="2")
        fold_some()
        if is_killed:
            settle_all(at=late + 10 * SECOND)
        else:
            watch.look(at=late + 10 * SECOND)
        drain(at=late + 10 * SECOND)

    told = [one.kind.removeprefix("problem.") for one in events_of([f"problem:{problem.id}"])]
    assert told[-3:] == ["ended", "service_restored", "service_restored"]
    assert queries.affected_by(problem.id, only_away=True) == []
    assert ticket_facts(request).status == "resolved"  # type: ignore[union-attr]


@pytest.mark.usefixtures("village")
def test_history_that_is_imported_while_it_watches_opens_nothing() -> None:
    watch = Watch(at=NIGHT + MINUTE)

    come_in(cable(MORNING), at=MORNING + timedelta(hours=3))
    for minutes in (180, 182, 190):
        watch.look(at=MORNING + minutes * MINUTE)

    assert noted() == []


@pytest.mark.usefixtures("village")
def test_our_own_deafness_is_no_outage() -> None:
    watch = Watch(at=NIGHT + MINUTE)

    for hours in (1, 6, 12):
        watch.look(at=MORNING + timedelta(hours=hours))

    assert noted() == []


@pytest.mark.usefixtures("village")
def test_killed_and_begun_anew_it_tells_nothing_twice_and_misses_nothing() -> None:
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    Watch(at=NIGHT + MINUTE).look(at=NIGHT + 2 * MINUTE)
    fold_some()
    for minutes in (2, 3, 4):
        Watch(at=MORNING + minutes * MINUTE).look(at=MORNING + minutes * MINUTE)
    drain(at=MORNING + 5 * MINUTE)
    assert [told[0] for told in noted()] == ["element_silent"]
    assert silences() == ["cable-a"]

    come_in(cable(MORNING + 20 * MINUTE, START), at=MORNING + 21 * MINUTE, session="2")
    fold_some()
    Watch(at=MORNING + 40 * MINUTE).look(at=MORNING + 40 * MINUTE)
    drain(at=MORNING + 40 * MINUTE)

    assert noted() == [["element_silent", "services_back", "element_back"]]
    assert silences() == []


@pytest.mark.usefixtures("village")
def test_announced_work_is_no_problem_until_it_overruns() -> None:
    note_planned_window(
        key="netco MW-1", since=MORNING - MINUTE, until=MORNING + 30 * MINUTE,
        resources=["cable-a"], by=HOUSE, at=NIGHT,
    )  # fmt: skip
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)

    watch.look(at=MORNING + 3 * MINUTE)
    drain(at=MORNING + 3 * MINUTE)
    assert silences() == []
    row = silence(next(n for n in range(1, 200) if silence(n)))
    assert row is not None
    assert row.announced == "netco MW-1"

    watch.look(at=MORNING + 40 * MINUTE)
    drain(at=MORNING + 40 * MINUTE)
    assert silences() == ["cable-a"]
    assert queries.open_problems()[0].announced == "netco MW-1"


def plan_of_work(*, hours: float) -> int:
    """Ours, announced: new splices on the first cable, from a minute before it goes."""
    sheet = PlanSheet(
        "New splices", MORNING - MINUTE, MORNING + timedelta(hours=hours), ("cable-a",), "OUTAGE"
    )
    number = plans.draft_plan(sheet, by=HOUSE, at=NIGHT)
    plans.propose_plan(plan_id=number, by=HOUSE, at=NIGHT)
    plans.announce_plan(plan_id=number, despite=True, zone="UTC", by=HOUSE, at=NIGHT)
    return number


@pytest.mark.usefixtures("village")
def test_a_plan_that_overruns_raises_the_outage_that_it_excused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = plan_of_work(hours=1)
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 3 * MINUTE)
    drain(at=MORNING + 3 * MINUTE)
    request = asks("s-cable-a-0", at=MORNING + 10 * MINUTE)
    attached = silence(next(n for n in range(1, 200) if silence(n)))
    assert attached is not None
    assert attached.announced == f"plan {plan}"
    assert silences() == []

    late = MORNING + timedelta(hours=1, minutes=1)
    monkeypatch.setattr("unbroken.outage.plans.loops.now", lambda: late)
    look_at_plans()
    watch.look(at=late)
    drain(at=late)

    assert events_of([f"plan:{plan}"])[-1].kind == "plan.overran"
    (problem,) = queries.open_problems()
    assert (problem.announced, problem.finding_id) == (f"plan {plan}", attached.id)
    assert (attached.cause, problem.cause) == ("planned_work", "work_overran")
    assert joined_to(problem.id) == [request]


@pytest.mark.usefixtures("village")
def test_what_is_still_away_when_the_crew_says_done_is_an_outage() -> None:
    """Accident: they leave early, and one cable was not spliced."""
    plan = plan_of_work(hours=4)
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 3 * MINUTE)
    plans.finish_plan(plan_id=plan, by=HOUSE, at=MORNING + 30 * MINUTE)

    watch.look(at=MORNING + 33 * MINUTE)
    drain(at=MORNING + 33 * MINUTE)

    assert silences() == ["cable-a"]


@pytest.mark.usefixtures("village")
def test_what_a_person_opened_first_is_the_problem_that_the_records_confirm() -> None:
    """Not a second one; and what turns out to be part of more goes on with that."""
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    by_hand = open_problem(
        element="cable-a", origin="agent", severity="major", since=MORNING,
        services={service_ids(["s-cable-a-0"])["s-cable-a-0"]: MORNING}, by=HOUSE, at=MORNING,
    )  # fmt: skip
    request = asks("s-cable-a-0", at=MORNING + 8 * SECOND)
    watch.look(at=MORNING + 75 * SECOND)
    drain(at=MORNING + 75 * SECOND)
    (problem,) = queries.open_problems()
    assert (problem.id, problem.finding_id is not None) == (by_hand, True)
    assert len(queries.affected_by(by_hand, only_away=True)) == 6

    bigger = open_problem(
        element="dslam-v", origin="agent", severity="major", since=MORNING, services={},
        by=HOUSE, at=MORNING + 2 * MINUTE,
    )  # fmt: skip
    merge_problem(problem_id=by_hand, into=bigger, by=HOUSE, at=MORNING + 3 * MINUTE)
    drain(at=MORNING + 3 * MINUTE)
    assert [one.id for one in queries.open_problems()] == [bigger]
    assert joined_to(bigger) == [request]


@pytest.mark.usefixtures("village")
def test_a_second_cable_makes_it_the_dslam_and_not_a_second_problem() -> None:
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    watch.look(at=MORNING + 75 * SECOND)
    drain(at=MORNING + 75 * SECOND)
    come_in(cable(MORNING + 20 * SECOND, STOP, "cable-b"), at=MORNING + 80 * SECOND)

    watch.look(at=MORNING + 4 * MINUTE)
    drain(at=MORNING + 4 * MINUTE)

    (problem,) = queries.open_problems()
    assert problem.element in ("dslam-v", "nas-v")
    assert len(queries.affected_by(problem.id, only_away=True)) == 12


@pytest.mark.usefixtures("village")
def test_a_reset_and_a_line_that_lives_are_heard_as_such() -> None:
    watch = Watch(at=NIGHT + MINUTE)
    come_in(cable(MORNING), at=MORNING + 6 * SECOND)
    come_in(cable(MORNING + 20 * SECOND, START), at=MORNING + 27 * SECOND, session="2")
    come_in(cable(MORNING + MINUTE, INTERIM, "cable-b"), at=MORNING + MINUTE + 7 * SECOND)

    watch.look(at=MORNING + 5 * MINUTE)

    assert noted() == []
