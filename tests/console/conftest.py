"""What the console's tests share: a desk with people, and a browser for each of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.console.desk import Desk, open_desk
from tests.scenery import scene
from unbroken.console.tickets.choices import forget_choices


@scene
def desk() -> Desk:
    """Sofie, Timo and Vera at their desks."""
    return open_desk()


@pytest.fixture(autouse=True)
def _a_fresh_start(settings: Any, tmp_path: Path) -> None:
    """Pictures come from where they lie, not from an installation; nothing is remembered."""
    settings.STATIC_ROOT = tmp_path
    forget_choices()
