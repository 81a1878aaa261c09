"""The town as a fixture: everybody has moved in, nothing was asked yet.

def test_a_question_stops_the_clock(town: Town) -> None: …
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from town.town import Town


@pytest.fixture
def town(db: None) -> "Town":
    """A town of its own for each test, gone with the test's transaction."""
    from town.town import Town

    return Town()
