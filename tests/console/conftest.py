"""What the console's tests share: a desk with people, and a browser for each of them."""

import pytest

from tests.console.desk import Desk, staffed_desk
from tests.scenery import scene
from unbroken.console.tickets.choices import forget_choices


@scene
def desk() -> Desk:
    """Sofie, Timo and Vera at their desks."""
    return staffed_desk()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    forget_choices()
