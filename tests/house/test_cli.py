"""The command line finds its commands, and says plainly what went wrong."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.desk import free_ports
from unbroken.house import cli
from unbroken.house.environment import CHECKOUT
from unbroken.house.setting_list import SETTINGS


def unbroken(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command as typed in a shell."""
    return subprocess.run(
        [str(CHECKOUT / "bin" / "unbroken"), *arguments],
        env={"PATH": "/usr/bin:/bin", **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def a_command(rooms: Path, room: str, file: str, name: str) -> None:
    """A room with one command that needs nothing."""
    folder = rooms / room / "commands"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(f'NAME = "{name}"\nHELP = "does {name}"\nNEEDS_ROOMS = False\n')


def test_a_room_adds_a_command_by_one_file(tmp_path: Path) -> None:
    a_command(tmp_path, "intake", "import_mail.py", "import mail")
    a_command(tmp_path, "calendars", "clock.py", "clock")

    names = [command.name for command in cli.all_commands(tmp_path)]

    assert names == ["clock", "import mail"]


def test_a_command_of_several_words_wins_over_one_of_fewer(tmp_path: Path) -> None:
    a_command(tmp_path, "intake", "import_mail.py", "import mail")
    a_command(tmp_path, "house", "import_.py", "import")
    commands = cli.all_commands(tmp_path)

    mail, rest = cli.choose(commands, ["import", "mail", "a.mbox"])
    other, _ = cli.choose(commands, ["import", "fax"])

    assert mail is not None
    assert (mail.name, rest) == ("import mail", ["a.mbox"])
    assert other is not None
    assert other.name == "import"


def test_two_commands_of_one_name_stop_the_start(tmp_path: Path) -> None:
    a_command(tmp_path, "intake", "mail.py", "mail")
    a_command(tmp_path, "console", "mail.py", "mail")

    with pytest.raises(cli.Twice, match="mail"):
        cli.all_commands(tmp_path)


def test_every_command_has_help_in_one_line() -> None:
    for command in cli.all_commands():
        assert command.help, command.name
        assert "\n" not in command.help
        assert re.fullmatch(r"[a-z][a-z -]*", command.name)


def test_help_lists_every_command() -> None:
    said = unbroken("help")

    assert said.returncode == 0
    for command in cli.all_commands():
        assert f"  {command.name} " in said.stdout


@pytest.mark.parametrize("typed", [["dance"], ["settings", "--loudly"], ["import"]])
def test_wrong_use_is_status_two_and_says_where_help_is(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = cli.main(typed)
    except SystemExit as left:
        status = int(left.code or 0)

    assert status == 2
    assert capsys.readouterr().err


def test_a_wrong_setting_is_status_three_in_one_sentence() -> None:
    said = unbroken("doctor", UNBROKEN_HTTP="nowhere")

    assert said.returncode == 3
    assert said.stderr.startswith("unbroken: UNBROKEN_HTTP must be")
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["migrate", "up"])
def test_an_unreachable_database_is_status_three_and_said_plainly(
    tmp_path: Path, command: str
) -> None:
    http, lmtp, smtp = free_ports(3)
    said = unbroken(
        command,
        UNBROKEN_HTTP=f"127.0.0.1:{http}",
        UNBROKEN_LMTP=f"127.0.0.1:{lmtp}",
        UNBROKEN_SMTP=f"127.0.0.1:{smtp}",
        UNBROKEN_DATA=str(tmp_path),
        UNBROKEN_DATABASE_URL="postgresql://desk:secret@127.0.0.1:1/desk",
    )

    assert said.returncode == 3
    assert "does not answer" in said.stderr
    assert "Traceback" not in said.stderr
    assert "secret" not in said.stderr


def test_the_doctor_still_speaks_when_the_database_does_not(tmp_path: Path) -> None:
    said = unbroken(
        "doctor",
        "--json",
        UNBROKEN_DATA=str(tmp_path),
        UNBROKEN_DATABASE_URL="postgresql://desk:secret@127.0.0.1:1/desk",
    )

    document = json.loads(said.stdout)
    assert said.returncode == 1
    assert document["well"] is False
    assert document["database"] == {"answers": False}
    assert "does not answer" in document["problems"][0]
    assert document["disk"]["free_bytes"] > 0


def test_settings_prints_every_setting_and_no_secret() -> None:
    said = unbroken("settings", "--json", UNBROKEN_SECRET_KEY="hush", UNBROKEN_HTTP="[::1]:80")

    rows = {row["name"]: row for row in json.loads(said.stdout)}
    assert list(rows) == [setting.name for setting in SETTINGS]
    assert "hush" not in said.stdout
    assert rows["UNBROKEN_HTTP"]["value"] == "[::1]:80"


def test_settings_tells_people_no_secret_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNBROKEN_SECRET_KEY", "hush")

    assert cli.main(["settings"]) == 0

    said = capsys.readouterr().out
    assert "UNBROKEN_SECRET_KEY=(set, not shown)" in said
    assert "hush" not in said
