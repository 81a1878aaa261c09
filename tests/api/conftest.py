"""What every test of the API needs."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def a_folder_for_static_files(house_settings: Any, tmp_path: Path) -> None:
    """The web server's own folder, which a fresh checkout does not have yet."""
    house_settings.STATIC_ROOT = tmp_path
