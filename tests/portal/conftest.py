"""What every test of the portal stands on."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Any, tmp_path: Path) -> None:
    """Pictures and style sheets come from where they lie, not from a folder of an installation."""
    settings.STATIC_ROOT = tmp_path
