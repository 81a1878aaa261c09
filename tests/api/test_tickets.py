"""Tickets over the API: opened, listed, narrowed, changed, answered."""

from typing import Any

import pytest

from tests.api.systems import MONDAY, System, system, within
from tests.directory.people import contact, customer
from unbroken.conversation.actions import assign_ticket, set_field, set_topic, tag_ticket
from unbroken.conversation.ids import TicketId
from unbroken.directory.actions import register_service
from unbroken.ground import sequence
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.staffing.actions import hire_agent, join_team, open_team

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


@pytest.fixture
def shop() -> System:
    return system()


@pytest.fixture
def home() -> dict[str, int]:
    """Anneke's household with her address and her line, known by the provider's own ids."""
    from unbroken.directory.actions import register_customer

    anneke = register_customer(
        name="Anneke de Wit", kind="household", key="c-77", by=HOUSE, at=MONDAY
    )
    person = contact("Anneke de Wit", "anneke@home.example", customer_id=anneke)
    line = register_service(key="s-77", customer_id=anneke, by=HOUSE, at=MONDAY)
    return {"customer": anneke, "contact": person, "service": line}


def numbers(answer: Any) -> list[int]:
    assert answer.status == 200, answer
    return [ticket["number"] for ticket in answer.body["tickets"]]


def test_a_new_ticket_has_a_number_an_address_and_the_names_of_tmf621(
    shop: System, home: dict[str, int]
) -> None:
    set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=MONDAY)

    answer = shop.post(
        "/api/tickets",
        {
            "description": "The DSL lamp is dark since six.",
            "name": "No internet",
            "ticketType": "incident",
            "category": "internet",
            "impact": "high",
            "urgency": "high",
            "externalId": "SHOP-9",
            "customer": "c-77",
            "service": "s-77",
            "contact": {"email": "Anneke@home.example"},
        },
    )

    assert answer.status == 201
    ticket = answer.body
    assert answer.headers["Location"] == ticket["href"]
    assert ticket["href"].endswith(f"/api/tickets/{ticket['number']}")
    expected = {
        "name": "No internet",
        "ticketType": "incident",
        "status": "acknowledged",
        "priority": "critical",
        "channel": "api",
        "category": "internet",
        "externalId": "SHOP-9",
        "customer": "c-77",
        "customerId": home["customer"],
        "contactId": home["contact"],
        "service": "s-77",
        "resolutionDate": None,
        "groups": [],
        "handovers": 0,
        "returns": 0,
        "reopened": 0,
        "chain": [],
    }
    assert {name: ticket[name] for name in expected} == expected
    assert shop.get(f"/api/tickets/{ticket['number']}").body["name"] == "No internet"


def test_a_stranger_becomes_a_contact_to_be_confirmed_and_no_customer(
    shop: System, home: dict[str, int]
) -> None:
    """Attack: a form of the shop is filled in with Anneke's address by somebody else."""
    number = shop.opens(contact={"name": "Not Anneke", "email": "anneke@home.example"})

    ticket = shop.get(f"/api/tickets/{number}").body
    assert ticket["customerId"] is None
    assert ticket["contactId"] != home["contact"]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"customer": "c-0"}, "c-0"),
        ({"service": "s-0"}, "s-0"),
        ({"category": "weather"}, "weather"),
        ({"contact": {"id": 999}}, "999"),
    ],
)
def test_what_nobody_knows_is_refused_by_name_and_nothing_is_kept(
    shop: System, given: dict[str, object], word: str
) -> None:
    answer = shop.post("/api/tickets", {"description": "x", **given})

    assert answer.status == 409
    assert word in answer.reason
    assert numbers(shop.get("/api/tickets")) == []


def test_one_customers_line_is_not_put_on_anothers_ticket(
    shop: System, home: dict[str, int]
) -> None:
    from unbroken.directory.actions import register_customer

    register_customer(name="Bram", kind="company", key="c-1", by=HOUSE, at=MONDAY)

    for given in ({"service": "s-77"}, {"contact": {"id": home["contact"]}}):
        answer = shop.post("/api/tickets", {"description": "x", "customer": "c-1", **given})
        assert answer.status == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"description": ""},
        {"description": " \n "},
        {"description": "x", "colour": "red"},
        {"description": "x", "ticketType": "wish"},
        {"description": "x", "contact": {"id": 0}},
        {"description": "x", "files": [{"name": "a", "content": "not base64!"}]},
        {"description": "x", "files": [{"name": "a", "content": "aa==", "mediaType": "a/b\nc"}]},
        {"description": 7},
    ],
)
def test_a_body_that_makes_no_sense_is_refused_in_one_plain_sentence(
    shop: System, body: dict[str, object]
) -> None:
    answer = shop.post("/api/tickets", body)

    assert answer.status == 422
    assert answer.reason.count("\n") == 0
    assert answer.reason.endswith(".")
    assert set(answer.body) == {"status", "code", "reason"}


def test_what_is_no_json_is_told_so(shop: System) -> None:
    for body in ("{", '{"description": "\\ud800"}', b"\xff\xfe"):
        answer = shop.post("/api/tickets", body)
        assert answer.status in (400, 422)
        assert answer.body["reason"]


def test_errors_are_told_in_the_readers_language_where_it_is_known(shop: System) -> None:
    assert "999" in shop.get("/api/tickets/999").reason
    assert System(shop.token, language="ru").get("/api/tickets/999").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/api/tickets/999",
        "/api/tickets/abc",
        "/api/tickets/-1",
        "/api/tickets/99999999999999999999999",
        "/api/tickets/999/messages",
        "/api/nothing",
        "/api/tickets/1/2/3",
        "/api/tickets/%16%0A",
    ],
)
def test_an_unknown_address_or_number_is_not_found_with_a_json_body(
    shop: System, path: str
) -> None:
    answer = shop.get(path)

    assert answer.status in (400, 404)
    assert answer.body["reason"]


def test_a_wrong_method_is_told_as_json_with_those_that_work(shop: System) -> None:
    answer = shop.patch("/api/tickets", {})

    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}
    assert "PATCH" in answer.reason


def test_the_list_goes_page_by_page_and_misses_nothing_that_was_there(shop: System) -> None:
    opened = [shop.opens(f"No {n}") for n in range(5)]
    seen: list[int] = []
    path: str | None = "/api/tickets?limit=2"

    while path:
        answer = shop.get(path)
        seen += numbers(answer)
        shop.opens("A new one while we read")
        following = answer.body["next"]
        path = within(following) if following else None

    assert [number for number in seen if number in opened] == opened[::-1]
    assert len(seen) == len(set(seen))


def test_every_attribute_is_a_filter_and_filters_are_combined(
    shop: System, home: dict[str, int]
) -> None:
    first = shop.opens(customer="c-77", ticketType="incident", externalId="A, B")
    second = shop.opens(impact="high", urgency="high")
    tag_ticket(ticket_id=TicketId(second), add=["vip", "cable"], by=HOUSE, at=MONDAY)

    def found(query: str) -> list[int]:
        return numbers(shop.get(f"/api/tickets?{query}"))

    ticket = shop.get(f"/api/tickets/{first}").body
    said = {"href", "promises", "chain", "happening", "groups", "handovers", "returns", "reopened"}
    for name, value in ticket.items():
        if name in said:
            continue
        if value in (None, []):
            continue
        text = str(value).replace("+", "%2B").replace(" ", "%20")
        assert first in found(f"{name}={text}"), name
    assert found("customer=c-77") == found("ticketType=incident") == [first]
    assert found("customer=c-77&priority=critical") == []
    assert found("priority=critical,moderate") == [second, first]
    assert found("tags=vip,cable") == [second]
    assert found("tags=vip,fibre") == found("customer=c-0") == found("group=none") == []
    assert found("creationDate.gte=2000-01-01T00:00:00Z") == [second, first]
    assert found("creationDate.lt=2000-01-01T00:00:00Z") == []
    assert found("name=%25") == found("name=' OR 1=1 --") == []


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "status=open",
        "status=",
        "status=pending&status=held",
        "fields=number,secret",
        "limit=0",
        "limit=1000",
        "after=x",
        "creationDate.gte=yesterday",
        "creationDate=2026-05-25T08:00:00",
        "number=1;2",
        "name=%00",
        "handovers=1",
    ],
)
def test_an_option_that_is_not_supported_is_refused_never_ignored(shop: System, query: str) -> None:
    answer = shop.get(f"/api/tickets?{query}")

    assert answer.status == 400
    assert answer.body["reason"]


def test_fields_choose_what_is_told_and_the_number_is_always_there(shop: System) -> None:
    number = shop.opens(name="No internet")

    one = shop.get(f"/api/tickets/{number}?fields=name,status").body
    (listed,) = shop.get("/api/tickets?fields=priority&status=acknowledged").body["tickets"]

    assert set(one) == {"number", "href", "name", "status"}
    assert set(listed) == {"number", "href", "priority"}
    assert set(shop.get(f"/api/tickets/{number}?fields=promises").body) == {
        "number", "href", "promises",
    }  # fmt: skip


def test_groups_handovers_and_returns_tell_how_a_ticket_went_to_and_fro(shop: System) -> None:
    teams = {
        key: open_team(key=key, name=key.title(), by=HOUSE, at=MONDAY)
        for key in ("first-line", "routers", "billing")
    }
    sofie = hire_agent(name="Sofie", email="sofie@desk.example", by=HOUSE, at=MONDAY)
    join_team(agent_id=sofie, team_id=teams["routers"], by=HOUSE, at=MONDAY)
    number = shop.opens()

    for group in ("first-line", "routers", "first-line", "billing"):
        answer = shop.patch(f"/api/tickets/{number}", {"group": group})
        assert answer.status == 200
    shop.patch(f"/api/tickets/{number}", {"assigneeId": sofie})
    shop.patch(f"/api/tickets/{number}", {"status": "resolved"})
    shop.patch(f"/api/tickets/{number}", {"status": "inProgress"})

    ticket = shop.get(f"/api/tickets/{number}").body
    assert ticket["groups"] == ["first-line", "routers", "billing"]
    assert (ticket["handovers"], ticket["returns"], ticket["reopened"]) == (4, 2, 1)
    assert ticket["group"] == "routers"
    assert [(link["group"], link["person"]) for link in ticket["chain"]] == [
        ("first-line", None),
        ("routers", None),
        ("first-line", None),
        ("billing", None),
        ("routers", "Sofie"),
    ]
    assert ticket["chain"][-1]["until"] is None
    assert ticket["chain"][0]["until"] == ticket["chain"][1]["since"]


def test_a_ticket_is_moved_by_the_verbs_of_the_record(shop: System) -> None:
    number = shop.opens()
    path = f"/api/tickets/{number}"

    for wish in (
        {"status": "inProgress"},
        {"status": "inProgress"},
        {"status": "held", "waitingFor": "partner", "pendingUntil": "2030-01-01T08:00:00+01:00"},
        {"status": "inProgress"},
        {"status": "pending"},
        {"status": "pending"},
        {"status": "resolved"},
        {"status": "closed"},
        {"status": "inProgress"},
        {"status": "cancelled", "statusChangeReason": "Sorted it out at home."},
    ):
        answer = shop.patch(path, wish)
        assert answer.status == 200, answer
        assert answer.body["status"] == wish["status"]

    timeline = shop.get(f"{path}/timeline").body["timeline"]
    assert [happening["kind"] for happening in timeline] == [
        "ticket.acknowledged",
        "ticket.started",
        "ticket.held",
        "ticket.resumed",
        "ticket.customer_asked",
        "ticket.resolved",
        "ticket.closed",
        "ticket.reopened",
        "ticket.cancelled",
    ]
    assert {happening["by"] for happening in timeline[1:]} == {"token:1"} or all(
        happening["by"].startswith("token:") for happening in timeline[1:]
    )


def test_a_change_that_cannot_be_is_refused_as_a_whole(shop: System) -> None:
    number = shop.opens(name="No internet")
    shop.patch(f"/api/tickets/{number}", {"status": "closed"})
    before = events_of([f"ticket:{number}"])

    for wish in (
        {"name": "Renamed", "impact": "high", "status": "held"},
        {"name": "Renamed", "group": "nobody"},
        {"name": "Renamed", "assigneeId": 999},
        {"name": "Renamed", "category": "weather"},
        {"name": "Renamed", "waitingFor": "partner"},
        {"name": "Renamed", "status": "pending", "waitingFor": "partner"},
        {"name": "Renamed", "statusChangeReason": "because"},
        {"name": "Renamed", "status": "acknowledged"},
    ):
        answer = shop.patch(f"/api/tickets/{number}", wish)
        assert answer.status == 409, wish
        assert answer.reason

    assert events_of([f"ticket:{number}"]) == before


def test_an_answer_goes_back_the_way_the_request_came(shop: System, home: dict[str, int]) -> None:
    number = shop.opens(customer="c-77", contact={"id": home["contact"]})

    answer = shop.post(f"/api/tickets/{number}/replies", {"text": "A crew is on its way."})

    assert answer.status == 201
    assert answer.body["direction"] == "out"
    assert answer.body["to"] == [{"name": "Anneke de Wit", "address": "anneke@home.example"}]
    assert answer.body["author"].startswith("token:")
    said = shop.get(within(answer.body["href"])).body
    assert said["text"] == "A crew is on its way."


def test_a_note_stays_inside_and_what_the_customer_said_opens_the_ticket_again(
    shop: System, home: dict[str, int]
) -> None:
    number = shop.opens(customer="c-77", contact={"id": home["contact"]})
    shop.patch(f"/api/tickets/{number}", {"status": "resolved"})

    note = shop.post(f"/api/tickets/{number}/notes", {"text": "Cable 44 again."}).body
    said = shop.post(f"/api/tickets/{number}/messages", {"text": "It is dark again."}).body

    assert (note["audience"], note["direction"]) == ("agents", "internal")
    assert (said["audience"], said["author"]) == ("customer", f"contact:{home['contact']}")
    assert shop.get(f"/api/tickets/{number}").body["status"] == "inProgress"
    listed = shop.get(f"/api/tickets/{number}/messages").body
    assert [message["text"] for message in listed["messages"]] == [
        "The DSL lamp is dark.", "Cable 44 again.", "It is dark again.",
    ]  # fmt: skip
    assert listed["next"] is None


def test_nobody_speaks_on_a_ticket_of_another_customer(shop: System, home: dict[str, int]) -> None:
    """Attack: another system puts Bram's words on Anneke's ticket."""
    bram = contact("Bram", "bram@shop.example", customer_id=customer("Bram's shop"))
    hers = shop.opens(customer="c-77", contact={"id": home["contact"]})
    nobodys = shop.opens()

    assert shop.post(
        f"/api/tickets/{hers}/messages", {"text": "x", "contactId": bram}
    ).status == 409  # fmt: skip
    assert shop.post(f"/api/tickets/{nobodys}/messages", {"text": "x"}).status == 409


def test_messages_are_read_page_by_page(shop: System) -> None:
    number = shop.opens()
    for n in range(4):
        shop.post(f"/api/tickets/{number}/notes", {"text": f"Note {n}"})

    first = shop.get(f"/api/tickets/{number}/messages?limit=3").body
    second = shop.get(within(first["next"])).body

    texts = [message["text"] for message in first["messages"] + second["messages"]]
    assert texts == ["The DSL lamp is dark.", "Note 0", "Note 1", "Note 2", "Note 3"]
    assert second["next"] is None


def test_what_was_said_stands_in_the_order_it_entered_the_record(shop: System) -> None:
    """Accident: another process has a later block of ids in its hands than ours."""
    sequence.forget_drawn()
    number = shop.opens()
    ours = dict(sequence._drawn)
    sequence.forget_drawn()
    late = shop.post(f"/api/tickets/{number}/notes", {"text": "First, by the other"}).body["id"]
    sequence._drawn.update(ours)
    early = shop.post(f"/api/tickets/{number}/notes", {"text": "Second"}).body["id"]
    assert early < late

    after = shop.get(f"/api/tickets/{number}/messages?after={late}").body["messages"]

    assert [message["text"] for message in after] == ["Second"]
    assert shop.get(f"/api/tickets/{number}/messages?after=999999").body["messages"] == []


def test_a_merged_ticket_is_read_but_not_answered(shop: System) -> None:
    from unbroken.conversation.actions import merge_tickets

    old, new = shop.opens(), shop.opens()
    merge_tickets(ticket_id=TicketId(old), into_id=TicketId(new), by=HOUSE, at=MONDAY)

    assert shop.get(f"/api/tickets/{old}").body["mergedInto"] == new
    answer = shop.post(f"/api/tickets/{old}/replies", {"text": "x"})
    assert answer.status == 409
    assert str(new) in answer.reason
    assert len(shop.get(f"/api/tickets/{new}/messages").body["messages"]) == 2


def test_an_opened_ticket_goes_through_the_relay_like_any_other(shop: System) -> None:
    number = shop.opens()

    drain()

    kinds = [event.kind for event in events_of([f"ticket:{number}"])]
    assert kinds[0] == "ticket.acknowledged"
    assert "ticket.queued" in kinds
    assert kinds.count("ticket.acknowledged") == 1


def test_a_team_that_is_limited_sees_a_ticket_once_it_is_theirs() -> None:
    routers = open_team(key="routers", name="Routers", by=HOUSE, at=MONDAY)
    number = system().opens()
    limited = system("routers")
    assert limited.get(f"/api/tickets/{number}").status == 404

    assign_ticket(ticket_id=TicketId(number), team_id=routers, agent_id=None, by=HOUSE, at=MONDAY)

    assert limited.get(f"/api/tickets/{number}").status == 200


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_a_ticket_ends_only_with_what_it_needs_and_the_field_is_named(
    status: str, shop: System
) -> None:
    topic = set_topic(key="net", names={"en": "Net"}, by=HOUSE, at=MONDAY)
    set_field(
        key="port", topic_id=topic, kind="text", names={"en": "Port"}, at_closing=True,
        by=HOUSE, at=MONDAY,
    )  # fmt: skip
    number = shop.opens()

    answer = shop.patch(f"/api/tickets/{number}", {"category": "net", "status": status})

    assert (answer.status, answer.body["code"]) == (422, "field.missing")
    assert "port" in answer.body["reason"]
    assert shop.get(f"/api/tickets/{number}").body["status"] == "acknowledged"
