"""The town's bad day, its short form: through the real doors of a whole desk, on a quick clock."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from unbroken.house.environment import CHECKOUT

PLAYS_SECONDS_MAX = 900.0


@pytest.mark.crash
def test_on_a_bad_day_everybody_is_told_once_and_nothing_else_is_called_a_problem(
    tmp_path: Path,
) -> None:
    """A cable cut, a carrier that overruns its announced work, deaf accounting, lightning."""
    command = [sys.executable, "-P", "-m", "town.bad_day", "--short", "--data", f"{tmp_path}/desk"]

    done = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False,
        env=None, timeout=PLAYS_SECONDS_MAX,
    )  # fmt: skip

    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout)
    assert (told["wrong"], told["unheard"]) == ([], []), told
    assert told["problems"] == 2
    assert told["requests joined"] > 0
