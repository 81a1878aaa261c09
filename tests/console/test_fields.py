"""Custom fields: asked under a topic and all below it, checked, found again."""

import pytest

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.conversation import actions as record
from unbroken.conversation.fields import FieldRow, Value, read_value
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import CustomField, FieldValue
from unbroken.conversation.queries import messages_of, ticket_facts
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.routines.doing import Doer, perform, ready
from unbroken.routines.sheets import MacroSheet

ROUTER = {
    "kind": "choice",
    "name_en": "Router",
    "key": "router_model",
    "choices": "ZTE H298A | ZTE H298A\nFritz!Box",
    "for_agents": "may",
    "for_customers": "must",
}


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("text", "  Hello  There ", "hello there"),
        ("number", "1 234,50", "1234.5"),
        ("number", "NaN", None),
        ("number", "1e99", None),
        ("date", "24.05.2026", "2026-05-24"),
        ("date", "2026-02-30", None),
        ("yes_no", "Да", "yes"),
        ("yes_no", "maybe", None),
        ("choice", "zte", "zte"),
        ("choice", "ZTE H298A", "zte"),
        ("choice", "another", None),
        ("number", "   ", ""),
    ],
)
def test_what_is_typed_is_read_or_refused(kind: str, typed: str, read: str | None) -> None:
    row = FieldRow(1, "x", 1, kind, {}, [{"key": "zte", "names": {"en": "ZTE H298A"}}])

    found = read_value(row, typed)

    assert (found.value if isinstance(found, Value) else None) == read


@pytest.fixture
def slow(desk: Desk) -> TicketId:
    """A request under a topic below the one that asks for the router."""
    at = now()
    internet = record.set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=at)
    below = record.set_topic(
        key="internet/slow", names={"en": "Slow"}, parent_key="internet", by=HOUSE, at=at
    )
    desk.client(VERA).post(f"/console/knowledge/topics/{internet}/fields", ROUTER)
    ticket = desk.asks("Anneke de Wit", "slow")
    record.classify_ticket(ticket_id=ticket, topic_id=below, by=HOUSE, at=at)
    return ticket


def test_a_field_of_the_topic_above_is_filled_in_found_and_exported(
    desk: Desk, slow: TicketId
) -> None:
    client, other = desk.client(SOFIE), desk.asks("Bram Visser", "cable")

    client.post(f"/console/tickets/{slow}/fields", {"field-router_model": "zte-h298a"})

    page = client.get(f"/console/tickets/{slow}").content.decode()
    assert "Router: – → ZTE H298A" in page
    listed = client.get("/console/?q=field.router_model:zte-h298a").content.decode()
    assert f'id="ticket-{slow}"' in listed
    assert f'id="ticket-{other}"' not in listed
    assert (
        "there is nothing of that name"
        in client.get("/console/?q=field.nothing:x").content.decode()
    )
    assert "field.router_model" in client.get("/console/requests.csv").content.decode()


def test_a_value_that_makes_no_sense_is_refused_by_name(desk: Desk, slow: TicketId) -> None:
    answer = desk.client(SOFIE).post(
        f"/console/tickets/{slow}/fields", {"field-router_model": "toaster"}
    )

    assert answer.status_code == 422
    assert "Router: choose one of these: ZTE H298A, Fritz!Box." in answer.content.decode()
    assert not FieldValue.objects.exists()


def test_a_field_that_must_be_filled_in_holds_a_request_open(desk: Desk, slow: TicketId) -> None:
    field = CustomField.objects.get()
    record.set_field(
        key=field.key, topic_id=field.topic_id, kind=field.kind, names=field.names,
        choices=field.choices, at_closing=True, by=HOUSE, at=now(),
    )  # fmt: skip
    client, address = desk.client(SOFIE), f"/console/tickets/{slow}"

    held = client.post(f"{address}/state", {"to": "resolve", "anyway": "1"})
    assert "Router is missing." in held.content.decode()
    client.post(f"{address}/fields", {"field-router_model": "fritz-box"})
    client.post(f"{address}/state", {"to": "resolve"})

    assert TroubleTicket.objects.get(pk=slow).status == "resolved"


@pytest.fixture
def strict(slow: TicketId) -> TicketId:
    """The router must be known before it ends."""
    field = CustomField.objects.get()
    record.set_field(
        key=field.key, topic_id=field.topic_id, kind=field.kind, names=field.names,
        choices=field.choices, at_closing=True, by=HOUSE, at=now(),
    )  # fmt: skip
    return slow


def test_many_at_once_end_only_where_nothing_is_missing(desk: Desk, strict: TicketId) -> None:
    other, undone = desk.asks("Bram Visser", "till"), desk.asks("Bram Visser", "box")
    record.add_items(ticket_id=undone, texts=["Call back"], by=HOUSE, at=now())
    client = desk.client(SOFIE)

    numbers = [strict, other, undone]
    done = client.post("/console/many", {"ticket": numbers, "deed": "state:resolve"}, follow=True)
    page = done.content.decode()

    assert "Router is missing." in page
    assert "Not everything is done: 1 of the things to do are open." in page
    ended = TroubleTicket.objects.filter(status="resolved").values_list("pk", flat=True)
    assert list(ended) == [other]


def test_a_macro_ends_nothing_that_lacks_a_field(desk: Desk, strict: TicketId) -> None:
    written = {"name": "Done", "steps": {"note": {"en": "bye"}, "state": "resolve"}}
    steps = MacroSheet.read({**written, "scope": "all"}).steps
    facts = ticket_facts(strict)
    assert facts is not None
    doer = Doer(by=desk.by(SOFIE))

    with pytest.raises(Refused, match="Router is missing"):
        perform(facts, ready(facts, steps, doer, at=now()), doer, at=now())

    said = [one.words for one in messages_of(strict)]
    assert "bye" not in said, "all of it or nothing"


def test_a_child_that_lacks_a_field_stays_open_when_its_parent_ends(
    desk: Desk, strict: TicketId
) -> None:
    parent, fine = desk.asks("Bram Visser", "till"), desk.asks("Bram Visser", "box")
    for child in (strict, fine):
        record.relate_ticket(
            ticket_id=child, other_id=parent, relation="parent", by=HOUSE, at=now()
        )
    record.resolve_ticket(ticket_id=parent, by=desk.by(SOFIE), at=now())
    drain()

    stand = dict(TroubleTicket.objects.values_list("pk", "status"))
    assert (stand[fine], stand[strict]) == ("resolved", "acknowledged")


def test_numbers_are_compared_as_numbers(desk: Desk, slow: TicketId) -> None:
    topic = CustomField.objects.get().topic_id
    record.set_field(
        key="speed", topic_id=topic, kind="number", names={"en": "Speed"}, by=HOUSE, at=now()
    )
    record.fill_fields(ticket_id=slow, typed={"speed": "9"}, by=HOUSE, at=now())
    client = desk.client(SOFIE)

    assert f'id="ticket-{slow}"' in client.get("/console/?q=field.speed:<50").content.decode()
    assert f'id="ticket-{slow}"' not in client.get("/console/?q=field.speed:>50").content.decode()
    for attack in ("field.speed:>1;DROP", "field.speed:>%27", "field.x'y:1"):
        assert client.get("/console/", {"q": attack}).status_code == 200


def test_the_kind_of_a_field_that_is_used_stays(desk: Desk, slow: TicketId) -> None:
    """The accident: values of one kind in the columns of another."""
    field = CustomField.objects.get()
    record.fill_fields(ticket_id=slow, typed={field.key: "fritz-box"}, by=HOUSE, at=now())

    with pytest.raises(Refused, match="its kind stays"):
        record.set_field(
            key=field.key, topic_id=field.topic_id, kind="text", names=field.names,
            by=HOUSE, at=now(),
        )  # fmt: skip
