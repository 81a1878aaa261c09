"""What every test of this folder stands on."""

import dataclasses
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as now_set
from django.test import override_settings

from tests.scenery import scene
from tests.security.crowd import Crowd, come_in, gather
from tests.security.handing import handed
from unbroken.console.tickets.choices import forget_choices
from unbroken.intake.mailboxes import forget_mailboxes


@pytest.fixture(autouse=True)
def a_plain_house(house_settings: Any, tmp_path: Path) -> Iterator[None]:
    """Sent mail goes into a folder of the test's own."""
    house_settings.UNBROKEN = dataclasses.replace(
        now_set.UNBROKEN, smtp_url=(tmp_path / "sent").as_uri()
    )
    forget_choices()
    forget_mailboxes()
    refusals = logging.getLogger("django.request")
    refusals.setLevel(logging.ERROR)  # thousands of them are expected here, each with its trace
    yield
    refusals.setLevel(logging.NOTSET)
    forget_choices()
    forget_mailboxes()


@scene
def everybody() -> tuple[Crowd, dict[str, bytes]]:
    """Anneke's ticket with everything on it, all who might want to read it, and the sent mail."""
    with tempfile.TemporaryDirectory() as sent:
        house = dataclasses.replace(now_set.UNBROKEN, smtp_url=Path(sent).as_uri())
        with override_settings(UNBROKEN=house):
            crowd = gather()
            handed(crowd)
            come_in(crowd)
            return crowd, {path.name: path.read_bytes() for path in Path(sent).iterdir()}


@pytest.fixture
def crowd(everybody: tuple[Crowd, dict[str, bytes]], a_plain_house: None, tmp_path: Path) -> Crowd:
    """The same, with the mail in a folder of the test's own."""
    found, sent = everybody
    (tmp_path / "sent").mkdir(exist_ok=True)
    for name, raw in sent.items():
        (tmp_path / "sent" / name).write_bytes(raw)
    return found
