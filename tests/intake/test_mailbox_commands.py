"""An operator tells the desk which addresses are its own."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.typed import Told, told
from unbroken.ground.log import events_of
from unbroken.intake.actions.mailboxes import opened
from unbroken.intake.commands import mailbox_list, mailbox_set
from unbroken.intake.mailboxes import forget_mailboxes, mailbox_for
from unbroken.intake.models import Mailbox

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget_mailboxes()
    yield
    forget_mailboxes()


def set_(capsys: Capture, *typed: str) -> Told:
    return told(mailbox_set, capsys, *typed)


def listed(capsys: Capture) -> dict[str, dict[str, Any]]:
    rows = json.loads(told(mailbox_list, capsys, "--json").out)
    return {row["key"]: row for row in rows}


def test_the_first_mailbox_takes_whatever_is_for_no_other(capsys: Capture) -> None:
    set_(capsys, "support", "Support@ISP.example", "--name", "ISP")
    set_(capsys, "billing", "billing@isp.example")

    somewhere = mailbox_for(["info@isp.example"])
    assert somewhere is not None
    assert (somewhere.key, somewhere.address) == ("support", "support@isp.example")
    assert not listed(capsys)["billing"]["default"]


def test_there_is_one_default_and_the_old_one_gives_way(capsys: Capture) -> None:
    set_(capsys, "support", "support@isp.example")

    set_(capsys, "desk", "desk@isp.example", "--default")

    assert {key: row["default"] for key, row in listed(capsys).items()} == {
        "desk": True,
        "support": False,
    }


def test_what_is_not_named_stays_as_it_is(capsys: Capture) -> None:
    set_(capsys, "support", "support@isp.example", "--name", "ISP", "--plus", "--language", "ru")

    set_(capsys, "support", "--name", "The ISP")

    row = listed(capsys)["support"]
    assert (row["name"], row["plus"], row["language"]) == ("The ISP", True, "ru")
    assert row["address"] == "support@isp.example"


def test_setting_the_same_twice_is_on_record_once(capsys: Capture) -> None:
    set_(capsys, "support", "support@isp.example")
    set_(capsys, "support", "support@isp.example")

    mailbox = Mailbox.objects.get(key="support")
    assert len(events_of([f"mailbox:{mailbox.pk}"])) == 1


def test_an_address_belongs_to_one_mailbox(capsys: Capture) -> None:
    set_(capsys, "support", "support@isp.example")

    refused = set_(capsys, "billing", "support@isp.example")

    assert refused.status == 1
    assert "is the mailbox support already" in refused.err


@pytest.mark.parametrize("typed", [["support"], ["Support!", "a@isp.example"], ["x", "nowhere"]])
def test_a_new_mailbox_needs_a_key_and_an_address(capsys: Capture, typed: list[str]) -> None:
    assert set_(capsys, *typed).status == 2
    assert not Mailbox.objects.exists()


def test_a_password_is_read_from_a_file_and_never_shown(capsys: Capture, tmp_path: Path) -> None:
    """Accident: a password on the command line is read by everybody on the machine."""
    (tmp_path / "secret").write_text("hush hush\n")
    imap = ("--imap-host", "imap.isp.example", "--password-file", str(tmp_path / "secret"))

    said = set_(capsys, "support", "support@isp.example", *imap)

    assert said.status == 0
    assert opened(Mailbox.objects.get(key="support").imap) == {
        "host": "imap.isp.example",
        "user": "support@isp.example",
        "password": "hush hush",
    }
    shown = told(mailbox_list, capsys).out + json.dumps(listed(capsys))
    assert "imap.isp.example" in shown
    assert "hush" not in shown


def test_a_password_may_come_through_a_pipe(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("from the safe\n"))

    set_(capsys, "m", "m@isp.example", "--imap-host", "imap.isp.example", "--password-file", "-")

    assert opened(Mailbox.objects.get(key="m").imap)["password"] == "from the safe"


def test_one_word_about_fetching_may_be_changed_alone(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush")
    imap = ("--imap-host", "imap.isp.example", "--password-file", str(tmp_path / "secret"))
    set_(capsys, "support", "support@isp.example", *imap)

    set_(capsys, "support", "--imap-folder", "Support", "--imap-seconds", "20")

    kept = opened(Mailbox.objects.get(key="support").imap)
    assert (kept["folder"], kept["seconds"], kept["password"]) == ("Support", 20, "hush")


def test_what_the_reader_would_not_understand_is_wrong_use(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush")
    whole = ("--imap-host", "imap.isp.example", "--password-file", str(tmp_path / "secret"))

    said = set_(capsys, "m", "m@isp.example", *whole, "--imap-after", "burn")

    assert said.status == 2
    assert "after is seen, leave or move:FOLDER" in said.err
    assert not Mailbox.objects.exists()


def test_fetching_needs_a_host_and_a_password_and_can_be_ended(
    capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("hush")
    no_password = set_(capsys, "m", "m@isp.example", "--imap-host", "imap.isp.example")
    no_file = set_(capsys, "m", "m@isp.example", "--password-file", str(tmp_path / "none"))
    assert (no_password.status, no_file.status) == (2, 3)
    assert "--password-file is needed too" in no_password.err

    whole = ("--imap-host", "imap.isp.example", "--password-file", str(tmp_path / "secret"))
    set_(capsys, "m", "m@isp.example", *whole)
    set_(capsys, "m", "--no-imap")

    assert Mailbox.objects.get(key="m").imap == {}
    assert listed(capsys)["m"]["imap"] is None


def test_a_mailbox_that_is_not_in_use_is_listed_and_gets_nothing(capsys: Capture) -> None:
    set_(capsys, "support", "support@isp.example")
    set_(capsys, "old", "old@isp.example", "--no-active")

    assert "not in use" in told(mailbox_list, capsys).out
    found = mailbox_for(["old@isp.example"])
    assert found is not None
    assert found.key == "support"
