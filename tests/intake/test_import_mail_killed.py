"""An import killed at any instant goes on where it was: every mail once, every family whole."""

import contextlib
import json
import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.house.desk import a_desk
from tests.intake.test_import_mail import a_box, a_mail

FAMILIES, RELATIVES, KILLS = 300, 4, 6


def a_large_box(folder: Path) -> Path:
    mails = [
        a_mail(
            f"{family}.{number}",
            answers=f"{family}.{number - 1}" if number else "",
            sender=f"Caller {family} <caller{family}@home.example>",
            hours=family + number / 10,
        )
        for family in range(FAMILIES)
        for number in range(RELATIVES)
    ]
    random.Random(20260524).shuffle(mails)
    return a_box(folder, *mails)


@pytest.mark.crash
def test_a_killed_import_goes_on_and_takes_nothing_in_twice(tmp_path: Path) -> None:
    """Accident: kill -9 of the command and everything it began, six times over."""
    box = a_large_box(tmp_path)
    dice = random.Random(1)
    with a_desk(tmp_path / "data", is_made=True) as desk:
        assert desk.unbroken("mailbox", "list").returncode == 0
        for _ in range(KILLS):
            command = subprocess.Popen(
                desk.command("unbroken", "import", "mail", str(box)),
                env=desk.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            with contextlib.suppress(subprocess.TimeoutExpired):
                command.wait(dice.uniform(3.0, 12.0))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(command.pid, signal.SIGKILL)
            command.wait()

        last = json.loads(desk.unbroken("import", "mail", str(box), "--json").stdout)
        again = json.loads(desk.unbroken("import", "mail", str(box), "--json").stdout)
        told = desk.unbroken("messages", "--json").stdout.splitlines()

    count = FAMILIES * RELATIVES
    assert last["new"] + last["known"] == last["read"] == count
    assert (again["new"], again["known"], again["tickets"]) == (0, count, FAMILIES)
    lines = [json.loads(line) for line in told]
    assert len({line["message_id"] for line in lines}) == len(lines) == count
    families = {(line["message_id"].partition(".")[0], line["ticket"]) for line in lines}
    assert len(families) == FAMILIES == len({line["ticket"] for line in lines})
