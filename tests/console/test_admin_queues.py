"""Queues on their pages: opened, tried on an example, put back; and who sees what they take."""

import re
from typing import Any

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.routing import queries as routing
from unbroken.routing.actions import set_queue

QUEUES = "/console/admin/queues"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def form(desk: Desk, **more: object) -> dict[str, object]:
    return {"name_en": "Bills", "name_ru": "Счета", "team": desk.teams["billing"], **more}


def test_a_queue_is_opened_tried_on_an_example_and_put_back(desk: Desk) -> None:
    set_queue(key="first", name="First", team_id=desk.teams["first-line"], is_default=True,
              by=HOUSE, at=now())  # fmt: skip
    vera = desk.client(VERA)

    vera.post(QUEUES, form(desk, key="bills", kinds=["company"]))
    bills = routing.queue_by_key("bills")
    assert bills is not None
    example = words(vera.get(f"{QUEUES}?topic=&mailbox=&kind=company"))
    page = f"{QUEUES}/{bills.id}"
    vera.post(page, form(desk, kinds=["vip"], active="yes"))
    shown = words(vera.get(page))
    version = events_of([f"queue:{bills.id}"])[-1].version
    vera.post(f"{page}/undo", {"version": version})

    assert "Bills , Billing: because the queue is for Companies" in example
    assert "Only for: Companies → Customers marked VIP" in shown
    assert "Vera Lindholm" in shown
    after = routing.queue(bills.id)
    assert after is not None
    assert (after.kinds, after.name_in("ru"), after.name_in("it")) == (
        ("company",),
        "Счета",
        "Bills",
    )


def test_something_always_takes_what_fits_nowhere(desk: Desk) -> None:
    """Accident: the default queue is closed, and new requests would be in nobody's list."""
    set_queue(key="first", name="First", team_id=desk.teams["first-line"], is_default=True,
              by=HOUSE, at=now())  # fmt: skip
    first = routing.queue_by_key("first")
    assert first is not None

    answer = desk.client(VERA).post(f"{QUEUES}/{first.id}", form(desk, is_default="yes"))

    assert answer.status_code == 422
    assert "make another queue the default first" in words(answer)
    assert routing.queue_by_key("first") is not None


def test_a_team_that_a_queue_lets_look_sees_its_requests_and_not_before(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "a bill", team="billing")
    set_queue(key="bills", name="Bills", team_id=desk.teams["billing"], by=HOUSE, at=now())
    sofie = desk.client(SOFIE)
    before = sofie.get(f"/console/tickets/{ticket}").status_code

    set_queue(key="bills", seen_by=[desk.teams["first-line"]], by=HOUSE, at=now())

    assert before == 404
    assert sofie.get(f"/console/tickets/{ticket}").status_code == 200
    assert "a bill" in sofie.get("/console/").content.decode()


def test_a_queue_that_gives_work_says_who_would_get_an_example_and_why_not_the_others(
    desk: Desk,
) -> None:
    set_queue(key="first", name="First", team_id=desk.teams["first-line"], is_default=True,
              by=HOUSE, at=now())  # fmt: skip
    first = routing.queue_by_key("first")
    assert first is not None
    vera = desk.client(VERA)
    giving = {"way": "push", "skills": "dsl 2", "untouched": "30", "is_default": "y", "active": "y"}
    vera.post(f"{QUEUES}/{first.id}", {"name_en": "First", "team": first.team_id, **giving})

    kept = routing.queue(first.id)
    assert kept is not None
    assert (kept.way, kept.skills, kept.untouched_minutes) == ("push", {"dsl": 2}, 30)
    example = words(vera.get(f"{QUEUES}?topic=&mailbox=&kind=household&language=en"))
    assert re.search(
        r"Sofie[^.]*: (nobody is there now, they come next|has least in hand)", example
    )
