"""When a request will probably be over, on its page."""

from collections.abc import Iterator

import pytest

from tests.console.desk import SOFIE, Desk
from tests.routing.test_estimate import some_cases
from unbroken.ground.clock import now
from unbroken.routing import eta, state
from unbroken.routing.estimate.learning import learn
from unbroken.routing.estimate.stored import to_bytes


@pytest.fixture
def learned(desk: Desk) -> Iterator[None]:
    """What other requests took, as if learned last night."""
    model = learn(list(some_cases(60, seed=6)))
    state.keep_learned(eta.RESOLUTION, to_bytes(model), at=now())
    eta.kept_models.forget()
    yield
    eta.kept_models.forget()


def test_the_page_of_an_open_request_says_by_when_it_is_probably_solved(
    desk: Desk, learned: None
) -> None:
    number = desk.asks("Anneke de Wit", "lamp")
    client = desk.client(SOFIE)

    page = client.get(f"/console/tickets/{number}").content.decode()

    assert "Solved by" in page
    assert "Four of five requests that stood like this one" in page
