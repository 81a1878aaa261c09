"""What the console's tests share: a desk with people, and a browser for each of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.console.desk import Desk, open_desk
from unbroken.console.tickets.choices import forget_choices


@pytest.fixture
def desk(db: None, settings: Any) -> Desk:
    """Sofie, Timo and Vera at their desks; hashing is cheap, since these tests are not about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    forget_choices()
    return open_desk()


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Any, tmp_path: Path) -> None:
    """Pictures and style sheets come from where they lie, not from a folder of an installation."""
    settings.STATIC_ROOT = tmp_path
