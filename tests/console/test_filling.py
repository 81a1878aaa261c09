"""The week's list of links that fill up: added up, shown, offered, given to planners."""

import json
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from tests.console.desk import SOFIE, VERA, Desk, ago, open_desk
from tests.scenery import scene
from unbroken.console.filling import planning
from unbroken.conversation.queries import ticket_facts
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence import filling_lists
from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.queries import filling
from unbroken.evidence.queries.filling import LinkRow
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

WEEKS = 10
EVENING = range(16, 22)
"""Hours of which a counter is read: enough to know a day's busiest, few rows."""

INVENTORY = {
    "products": [
        {"id": "dsl-50", "name": "DSL 50", "technology": "vdsl", "down_kbit": 50_000,
         "monthly_price": "29.99", "currency": "EUR"},
        {"id": "dsl-100", "name": "DSL 100", "technology": "vdsl", "down_kbit": 100_000,
         "monthly_price": "39.99", "currency": "EUR"},
    ],
    "resources": [
        {"id": "up-1", "kind": "link", "name": "Uplink West"},
        {"id": "l-1", "kind": "line", "parents": ["up-1"]},
        {"id": "l-2", "kind": "line", "parents": ["up-1"]},
    ],
    "customers": [
        {"id": f"c-{n}", "name": f"Customer {n}", "language": "it" if n == 1 else "en",
         "contacts": [{"id": f"p-{n}", "name": f"Person {n}", "email": f"p{n}@home.example"}],
         "services": [{"id": f"s-{n}", "resource": f"l-{n}", "product": "dsl-50"}]}
        for n in (1, 2)
    ],
}  # fmt: skip


def share(link: str, week: int) -> float:
    """How full it was: the uplink and the first line grow, the second does not."""
    return {"up-1": 0.50 + 0.025 * week, "l-1": 0.58 + 0.02 * week, "l-2": 0.3}[link]


def readings() -> list[str]:
    """Counters of the uplink's port, flows of the lines, evening by evening."""
    monday = filling_lists.monday_of(now().date())
    first = datetime.combine(monday - timedelta(weeks=WEEKS), time(), UTC)
    found, sent = [], 0.0
    for day in range(7 * WEEKS):
        wobble = 1 + 0.01 * (day % 5 - 2)
        for hour in EVENING:
            at = (first + timedelta(days=day, hours=hour)).isoformat()
            hill = 1.0 if hour == 20 else 0.7
            sent += share("up-1", day // 7) * wobble * hill * 1e9 / 8 * 3600
            found.append({"resource": "up-1", "at": at, "values": {
                "Ethernet.Interface.Stats.BytesSent": round(sent),
                "Ethernet.Interface.Stats.BytesReceived": round(sent / 5),
                "Ethernet.Interface.MaxBitRate": 1000}})  # fmt: skip
            for line in ("l-1", "l-2"):
                octets = share(line, day // 7) * wobble * hill * 50e6 / 8 * 3600
                found.append({"resource": line, "at": at, "values": {
                    "Traffic.Down.Bytes": round(octets), "Traffic.Up.Bytes": 9}})  # fmt: skip
    return [json.dumps(one) for one in found]


@scene
def filled() -> Desk:
    """Ten weeks of an uplink and two lines."""
    desk = open_desk()
    taken = import_inventory([json.dumps(INVENTORY)], by=HOUSE, at=ago(days=200))
    assert not taken.refused, taken.refused
    file = Path(tempfile.mkdtemp()) / "observations"
    file.write_text("\n".join(readings()))
    assert not import_observations([str(file)]).refused
    assert filling_lists.make_due(now()) == 6
    return desk


def row(link: str) -> LinkRow:
    lists = filling.latest_lists()
    return next(one for one in filling.links_on(lists[0].monday) if one.link == link)


def test_busy_hours_are_added_up_and_what_grows_is_named_with_an_interval(filled: Desk) -> None:
    page = filled.client(VERA).get("/console/ahead/links").content.decode()

    uplink, line = row("up-1"), row("l-1")
    assert abs(uplink.level - 0.73) < 0.03
    assert uplink.services == 2
    assert uplink.soonest is not None
    assert uplink.latest is not None
    assert line.weeks[-1] == (-1, line.weeks[-1][1])
    assert 0.74 < line.weeks[-1][1] < 0.79
    assert page.count("filling-link__name") == 2, "the line that does not grow is not listed"
    assert "Uplink West" in page
    assert "DSL 100" in page
    assert [one.is_backcast for one in filling.latest_lists()] == [False] + [True] * 5
    assert filling_lists.make_due(now()) == 0, "made once a week"


def test_the_offer_goes_to_the_customer_once_in_their_language_and_waits_for_them(
    filled: Desk,
) -> None:
    assert filled.client(SOFIE).post("/console/ahead/links/offer", {}).status_code == 403
    client, line = filled.client(VERA), row("l-1")

    for _again in range(2):
        answer = client.post("/console/ahead/links/offer", {"link": line.id})
        assert answer.status_code == 303, answer.content

    ticket = row("l-1").ticket_id
    assert ticket is not None
    facts = ticket_facts(ticket)  # type: ignore[arg-type]
    assert facts is not None
    assert (facts.status, facts.customer_id) == ("pending", line.customer_id)
    page = client.get(f"/console/tickets/{ticket}").content.decode()
    assert "DSL 100" in page
    assert "10,00" in page, "what it costs more, as Italians write it"
    assert client.post("/console/ahead/links/offer", {"link": 10**9}).status_code == 422


def test_a_shared_way_goes_to_the_planners_by_itself_and_not_again_next_week(
    filled: Desk,
) -> None:
    client = filled.client(VERA)
    assert planning.give_due(now()) == 0, "nobody was chosen yet"
    told = {"team": filled.teams["routers"]}
    assert client.post("/console/ahead/links/planners", told).status_code == 303

    assert planning.give_due(now()) == 1
    assert planning.give_due(now()) == 0

    ticket = row("up-1").ticket_id
    facts = ticket_facts(ticket)  # type: ignore[arg-type]
    assert facts is not None
    assert (facts.customer_id, facts.team_id) == (None, filled.teams["routers"])
    later = now() + timedelta(weeks=1)
    assert filling_lists.make_due(later) == 1
    assert row("up-1").ticket_id == ticket
    assert planning.give_due(later) == 0


def test_the_table_has_what_the_page_has(filled: Desk) -> None:
    table = filled.client(VERA).get("/console/ahead/links.csv", {"kind": "shared"})

    assert table.content.decode().count("\n") == 2
    assert "up-1" in table.content.decode()
