"""What has happened at the lines of Lindenhof, so that no page of the customer's stays empty.

Anneke's line breaks four times a day; a cut cable takes it and its neighbours along now, another
one is over, and work is planned on it. Her request is handed on and three of seven ports are done.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.security.crowd import MILA, SOFIE, Crowd
from tests.security.lines import USER, line_of
from town.network import named
from unbroken.conversation import actions as record
from unbroken.directory import actions as directory
from unbroken.directory.ids import ServiceId
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.importing.radius import import_radius
from unbroken.evidence.probing.measured import Measured
from unbroken.evidence.state import tests as line_tests
from unbroken.ground.actor import HOUSE, Actor
from unbroken.outage import actions as outage
from unbroken.outage.ids import ProblemId
from unbroken.portal.status.reading import snapshot
from unbroken.routing.actions import chain
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.staffing.ids import AgentId

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NAS, CABLE, LINES = "192.0.2.10", "cable-44", ("line-1", "line-2")
NEIGHBOURS = 7
NEWS = "A digger cut the cable in the Lindenstrasse. The splicers need until the evening."


def long_ago(*, at: datetime) -> None:
    """The first thing that is remembered: from then on the status page has measured."""
    directory.register_place(name="Lindenhof", by=HOUSE, at=at - 60 * DAY)


def lived_in(crowd: Crowd, folder: Path, *, at: datetime) -> None:
    """All of it."""
    mine = ServiceId(int(str(line_of(crowd)["service_id"])))
    services = [int(mine), *_neighbours(crowd, mine, at=at - 3 * HOUR)]
    _sessions(folder, at)
    _troubles(services, at)
    _planned(at)
    _worked_on(crowd, mine, at)
    snapshot.forget()


def _neighbours(crowd: Crowd, mine: ServiceId, *, at: datetime) -> list[int]:
    street = directory.register_place(name="Lindenstrasse", by=HOUSE, at=at)
    nas = directory.register_resource(key="bng-1", kind="nas", address=NAS, by=HOUSE, at=at)
    cable = directory.register_resource(key=CABLE, kind="cable", parents=[nas], by=HOUSE, at=at)
    line, _beside = (
        directory.register_resource(key=key, kind="line", parents=[cable], by=HOUSE, at=at)
        for key in LINES
    )
    directory.change_service(
        service_id=mine, technology="vdsl", resource_id=line, place_id=street, by=HOUSE, at=at
    )
    other = directory.register_customer(name="The others", kind="household", by=HOUSE, at=at)
    found = [
        directory.register_service(
            customer_id=other, technology=kind, resource_id=cable, place_id=street,
            by=HOUSE, at=at,
        )
        for kind in ["vdsl"] * NEIGHBOURS + ["gpon"] * NEIGHBOURS
    ]  # fmt: skip
    return [int(one) for one in found[:NEIGHBOURS]]


def _sessions(folder: Path, at: datetime) -> None:
    records, told = named.lived(USER, NAS, LINES, at - named.AT)
    since = at - 21 * DAY
    detail = "\n".join(named.block(when, values) for when, values in records if when > since)
    (folder / "detail").write_text(detail)
    (folder / "observations").write_text("\n".join(json.dumps(one) for one in told[-400:]))
    import_radius([str(folder / "detail")], zone=ZoneInfo("UTC"))
    import_observations([str(folder / "observations")])


def _troubles(services: list[int], at: datetime) -> None:
    def opened(element: str, since: datetime) -> ProblemId:
        return outage.open_problem(
            element=element, origin="agent", severity="major", since=since,
            services=dict.fromkeys(services, since), by=HOUSE, at=since,
        )  # fmt: skip

    old, cut = opened("dslam-7", at - 9 * DAY), opened(CABLE, at - 2 * HOUR)
    over = at - 9 * DAY + 7 * HOUR
    outage.end_problem(problem_id=old, until=over, by=HOUSE, at=at - 8 * DAY)
    outage.take_step(problem_id=cut, step="minutes", minutes=40, by=HOUSE, at=at - HOUR)
    outage.take_step(problem_id=cut, step="working", by=HOUSE, at=at - HOUR / 2)
    outage.give_news(problem_id=cut, text=NEWS, next_at=at + 2 * HOUR, by=HOUSE, at=at - HOUR / 3)


def _planned(at: datetime) -> None:
    for key, starts, impact in (("w1", 3 * DAY, "OUTAGE"), ("w2", 12 * DAY, "DEGRADED")):
        note_planned_window(
            key=f"us {key}", since=at + starts, until=at + starts + 4 * HOUR, resources=[CABLE],
            impact=impact, status="RE-SCHEDULED" if key == "w2" else "CONFIRMED", by=HOUSE, at=at,
        )  # fmt: skip


def _worked_on(crowd: Crowd, mine: ServiceId, at: datetime) -> None:
    mila, sofie = (Actor.agent(AgentId(crowd.agents[one])) for one in (MILA, SOFIE))
    ticket, due = crowd.ticket, at + 5 * HOUR
    record.classify_ticket(ticket_id=ticket, service_id=int(mine), by=mila, at=at - HOUR)
    parcel = Parcel(done="Looked.", needed="Move the ports.", due_at=due, facts=(("port", "1"),))
    to = Hands(crowd.team, crowd.agents[SOFIE])
    chain.hand_over(ticket_id=ticket, to=to, parcel=parcel, by=mila, at=at - HOUR)
    chain.accept_leg(ticket_id=ticket, agent_id=crowd.agents[SOFIE], by=sofie, at=at - HOUR / 2)
    chain.report_progress(ticket_id=ticket, done=3, of=7, unit="port", by=sofie, at=at - HOUR / 3)
    test = line_tests.ask(
        service_id=int(mine), ticket_id=ticket, resource=LINES[0], asked_by="customer",
        with_trace=False, at=at - HOUR / 4,
    )  # fmt: skip
    assert test is not None
    ping = Measured("ping", "customer", "", "192.0.2.77", LINES[0], 20, (14.2,) * 17)
    line_tests.end(test, [ping], at=at - HOUR / 4)
