"""The console's desk is home to routines too."""

from tests.console.desk import Desk, open_desk
from tests.scenery import scene


@scene
def desk() -> Desk:
    """Sofie, Timo and Vera at their desks."""
    return open_desk()
