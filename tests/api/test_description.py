"""The API does what its own description says, also with values nobody would think of."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from tests.api.described import ADDRESSES, DESCRIPTION
from tests.api.systems import System, system
from tests.scenery import scene
from tests.thorough import THOROUGH

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.urls("tests.api.urls")]

bounded = settings(
    max_examples=8 if THOROUGH else 3,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@cache
def described() -> Any:
    """The description as the tool reads it: once, which takes longer than many questions."""
    schema: Any = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = WSGIHandler()
    return schema


@scene
def key_and_ticket() -> tuple[str, int]:
    """A key, and a ticket with something on it to find."""
    shop = system()
    number = shop.opens(files=[{"name": "a.txt", "content": "aGVsbG8="}])
    shop.post(f"/api/tickets/{number}/notes", {"text": "A note."})
    return shop.token, number


@pytest.fixture
def shop_and_ticket(key_and_ticket: tuple[str, int]) -> Iterator[tuple[str, int]]:
    """The same; a request must not close the connection in whose transaction the test lives."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield key_and_ticket
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize(("path", "method"), ADDRESSES)
def test_every_address_keeps_its_own_description(
    path: str, method: str, mode: GenerationMode, shop_and_ticket: tuple[str, int]
) -> None:
    token, number = shop_and_ticket

    @given(case=described()[path][method.upper()].as_strategy(generation_mode=mode))
    @bounded
    def holds(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "number" in case.path_parameters:
            case.path_parameters["number"] = number
        plain = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=plain)

    holds()


def test_the_description_is_there_for_everybody_as_openapi_3_1() -> None:
    answer = System("").get("/api/openapi.json")

    assert answer.status == 200
    assert answer.body["openapi"].startswith("3.1")
    assert "/api/tickets/{number}/replies" in answer.body["paths"]
    assert System("").get("/api/").body["openapi"].endswith("/api/openapi.json")


def test_the_house_hangs_it_below_api() -> None:
    found = resolve("/api/tickets/100001/messages", urlconf="unbroken.house.urls")

    assert found.kwargs == {"number": 100001}
    assert found.namespace == "api"
