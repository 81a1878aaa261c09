"""What every test of the portal stands on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app


@pytest.fixture
def mails() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was queued to be mailed by the house itself, asked for when it is needed."""
    memory = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(memory):
        yield lambda: [job["args"] for job in memory.jobs.values()]
