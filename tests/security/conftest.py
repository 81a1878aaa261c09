"""What every test of this folder stands on."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as now_set

from tests.security.crowd import Crowd, gather
from unbroken.console.tickets.choices import forget_choices
from unbroken.intake.mailboxes import forget_mailboxes


@pytest.fixture(autouse=True)
def a_plain_house(house_settings: Any, tmp_path: Path) -> Iterator[None]:
    """Cheap hashing, files from where they lie, sent mail into a folder of the test's own."""
    house_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    house_settings.STATIC_ROOT = tmp_path
    house_settings.UNBROKEN = dataclasses.replace(
        now_set.UNBROKEN, smtp_url=(tmp_path / "sent").as_uri()
    )
    forget_choices()
    forget_mailboxes()
    yield
    forget_choices()
    forget_mailboxes()


@pytest.fixture
def crowd(db: None, a_plain_house: None) -> Crowd:
    """Anneke's ticket with everything on it, and all who might want to read it."""
    return gather()
