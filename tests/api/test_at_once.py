"""The same request twice at the same instant, with real commits: one of them waits."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.api.systems import Answer, System, system
from unbroken.ground.log import events_of
from unbroken.ground.sequence import forget_drawn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.api.urls")]

AT_ONCE = 4


@pytest.fixture
def shop(transactional_db: None) -> Iterator[System]:
    forget_drawn()
    yield system()
    forget_drawn()


def at_once(ask: Callable[[], Answer]) -> list[Answer]:
    """Several do the same, as close together as threads can be."""
    answers: list[Any] = []
    start = threading.Barrier(AT_ONCE)

    def one() -> None:
        try:
            start.wait(120)
            answers.append(ask())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(answers) == AT_ONCE
    return answers


def test_one_ticket_is_opened_however_many_ask_with_the_same_key(shop: System) -> None:
    """Accident: the shop's load balancer sends the request to two of its workers."""
    body = {"description": "The DSL lamp is dark."}

    answers = at_once(lambda: shop.post("/api/tickets", body, Idempotency_Key="k"))

    assert sorted(answer.status for answer in answers) == [200, 200, 200, 201]
    assert len({answer.body["number"] for answer in answers}) == 1
    assert len(shop.get("/api/tickets").body["tickets"]) == 1


def test_one_answer_is_sent_however_many_ask_with_the_same_key(shop: System) -> None:
    number = shop.opens(contact={"name": "Anneke", "email": "anneke@home.example"})

    answers = at_once(
        lambda: shop.post(
            f"/api/tickets/{number}/replies", {"text": "On our way."}, Idempotency_Key="k"
        )
    )

    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    kinds = [event.kind for event in events_of([f"ticket:{number}"])]
    assert kinds.count("ticket.replied") == 1
