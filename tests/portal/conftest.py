"""What every test of the portal stands on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Any, tmp_path: Path) -> None:
    """Pictures and style sheets come from where they lie, not from a folder of an installation."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def mails() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was queued to be mailed by the house itself, asked for when it is needed."""
    memory = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(memory):
        yield lambda: [job["args"] for job in memory.jobs.values()]
