"""A request and the problem behind it, on the request's page: in and out by one click."""

from datetime import timedelta

from tests.console.desk import SOFIE, Desk
from unbroken.conversation.queries import problem_of, ticket_facts
from unbroken.directory import queries as directory
from unbroken.directory.actions import register_contact
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage import actions
from unbroken.outage.ids import ProblemId

NETWORK = """{"resources": [{"id": "cable-9", "kind": "cable"}, {"id": "cable-8", "kind": "cable"},
 {"id": "line-9", "kind": "line", "parents": ["cable-9"]}],
 "customers": [{"id": "c-9", "name": "Lindenhof",
  "services": [{"id": "s-9", "resource": "line-9"}]}]}"""


def failed(element: str) -> ProblemId:
    """Somebody knows of it; which services it took along nobody knows yet."""
    at = now()
    return actions.open_problem(
        element=element, origin="agent", severity="minor", since=at, services={}, by=HOUSE, at=at
    )


def test_what_hangs_on_the_failed_element_is_joined_by_one_click_and_parted_by_another(
    desk: Desk,
) -> None:
    import_inventory([NETWORK], by=HOUSE, at=now())
    customer = directory.customer_by_key("c-9")
    assert customer is not None
    desk.customers["Ute"] = int(customer.id)
    desk.contacts["Ute"] = register_contact(
        name="Ute", email="ute@home.example", customer_id=customer.id, by=HOUSE, at=now()
    )
    fits, other = failed("cable-9"), failed("cable-8")
    ticket = desk.asks("Ute", "no sync")
    address = f"/console/tickets/{ticket}"
    sofie = desk.client(SOFIE)

    page = sofie.get(address).content.decode()
    assert page.count("It belongs to this") == 1
    assert f'<option value="{other}">{other} · cable-8' in page
    assert f"{fits} · cable-9" not in page

    join = {"problem": fits, "do": "join"}
    assert sofie.post(f"{address}/problem", join).status_code == 303
    at = now()
    actions.give_news(
        problem_id=fits, text="The crew digs.", next_at=at + timedelta(hours=2), by=HOUSE, at=at
    )
    page = sofie.get(address).content.decode()
    assert "Belongs to a problem" in page
    assert "The crew digs." in page
    assert "The next news comes by" in page
    facts = ticket_facts(ticket)
    assert facts is not None
    assert facts.sleep == "answer"

    sofie.post(f"{address}/problem", {"problem": fits, "do": "part"})
    drain(at=now())
    assert problem_of(ticket) is None
    assert "It belongs to this" in sofie.get(address).content.decode()


def test_a_problem_that_ended_meanwhile_is_refused_in_words(desk: Desk) -> None:
    """Accident: the page was open for an hour, and the problem ended after ten minutes."""
    over = failed("cable-8")
    ticket = desk.asks("Anneke de Wit", "no sync")
    actions.end_problem(problem_id=over, until=now(), by=HOUSE, at=now())

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{ticket}/problem", {"problem": over, "do": "join"}
    )

    assert answer.status_code == 422
    assert "This problem is over" in answer.content.decode()
    assert problem_of(ticket) is None
