"""The desk, for whoever names it."""

from tests.promise.desk import Desk
from tests.scenery import scene


@scene
def desk() -> Desk:
    """Anneke, Sofie and the agreements to begin with."""
    return Desk()
