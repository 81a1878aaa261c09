"""The town as a fixture: everybody has moved in, nothing was asked yet.

def test_a_question_stops_the_clock(town: Town) -> None: …
"""

from typing import TYPE_CHECKING

from tests.scenery import scene

if TYPE_CHECKING:
    from town.town import Town


@scene
def town() -> "Town":
    """A town of its own for each test, as on the day when everybody had moved in."""
    from town.town import Town

    return Town()
