"""The desk, for whoever names it."""

import pytest

from tests.promise.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Anneke, Sofie and the agreements to begin with."""
    return Desk()
