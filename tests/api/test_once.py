"""The same request sent again does nothing again: a network that fails half-way."""

import pytest

from tests.api.systems import System, system
from unbroken.api.models import Answered
from unbroken.ground.postman import drain

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]

BODY = {"description": "The DSL lamp is dark."}


@pytest.fixture
def shop() -> System:
    return system()


def test_the_same_key_gives_the_same_ticket(shop: System) -> None:
    """Accident: the answer is lost on the way, and the shop sends the request again."""
    first = shop.post("/api/tickets", BODY, Idempotency_Key="order-9")
    drain()
    again = shop.post("/api/tickets", BODY, Idempotency_Key="order-9")

    assert (first.status, again.status) == (201, 200)
    assert again.body["number"] == first.body["number"]
    assert len(shop.get("/api/tickets").body["tickets"]) == 1


def test_without_a_key_the_same_words_are_two_requests(shop: System) -> None:
    assert shop.opens() != shop.opens()


def test_the_same_key_for_another_request_is_refused(shop: System) -> None:
    shop.post("/api/tickets", BODY, Idempotency_Key="order-9")

    other = shop.post("/api/tickets", {"description": "Else."}, Idempotency_Key="order-9")

    assert other.status == 409
    assert "Idempotency-Key" in other.reason


def test_two_systems_may_choose_the_same_key(shop: System) -> None:
    other = system(name="monitoring")

    first = shop.post("/api/tickets", BODY, Idempotency_Key="1").body["number"]
    second = other.post("/api/tickets", BODY, Idempotency_Key="1").body["number"]

    assert first != second


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("replies", {"text": "A crew is on its way."}),
        ("notes", {"text": "Cable 44."}),
        ("attachments", {"name": "a.txt", "content": "aGVsbG8="}),
    ],
)
def test_an_answer_a_note_and_a_file_sent_twice_are_kept_once(
    shop: System, path: str, body: dict[str, str]
) -> None:
    number = shop.opens()

    first = shop.post(f"/api/tickets/{number}/{path}", body, Idempotency_Key="k")
    again = shop.post(f"/api/tickets/{number}/{path}", body, Idempotency_Key="k")
    other = shop.post(
        f"/api/tickets/{number}/{path}", {**body, next(iter(body)): "else"}, Idempotency_Key="k"
    )

    assert first.status == again.status == 201
    assert first.body == again.body
    assert other.status == 409
    assert len(shop.get(f"/api/tickets/{number}/messages").body["messages"]) == 2


def test_what_was_refused_may_be_tried_again_with_the_same_key(shop: System) -> None:
    number = shop.opens()
    shop.patch(f"/api/tickets/{number}", {"status": "closed"})
    path = f"/api/tickets/{number + 1}/notes"

    assert shop.post(path, {"text": "x"}, Idempotency_Key="k").status == 404
    assert not Answered.objects.exists()
    shop.opens()
    assert shop.post(path, {"text": "x"}, Idempotency_Key="k").status == 201


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_is_neither_empty_nor_endless(shop: System, key: str) -> None:
    answer = shop.post("/api/tickets", BODY, Idempotency_Key=key)

    assert answer.status == 400
    assert "Idempotency-Key" in answer.reason
