"""Mails out of files: one a file, mbox, maildir; one bad file never stops the rest."""

import json
from pathlib import Path

import pytest

from unbroken.house import cli
from unbroken.intake.mail.folders import mails_in

ONE = b"From: a@home.example\nSubject: one\n\nFirst.\n"
TWO = b"From: b@home.example\nSubject: two\n\n>From here on.\n"
LINE = b"From a@home.example Mon May  4 08:12:33 2026\n"


def test_an_mbox_gives_its_mails_in_order(tmp_path: Path) -> None:
    box = tmp_path / "inbox"
    box.write_bytes(LINE + ONE + b"\n" + LINE + TWO)

    found = list(mails_in(box))

    assert [mail.label for mail in found] == [f"{box}#1", f"{box}#2"]
    assert found[0].raw == ONE
    assert found[1].raw == TWO.replace(b">From", b"From")


def test_one_mail_with_a_from_line_is_called_after_its_file(tmp_path: Path) -> None:
    file = tmp_path / "mail"
    file.write_bytes(LINE + ONE)

    assert [(mail.label, mail.raw) for mail in mails_in(file)] == [(str(file), ONE)]


def test_a_sentence_that_begins_with_from_splits_nothing(tmp_path: Path) -> None:
    file = tmp_path / "inbox"
    file.write_bytes(LINE + ONE + b"\nFrom Monday on nothing works.\n")

    assert len(list(mails_in(file))) == 1


def test_a_maildir_gives_cur_and_new_and_not_tmp(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp", ".Sent/cur"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.host:2,S").write_bytes(ONE)
    (tmp_path / "dovecot.index").write_bytes(b"\0")

    assert [Path(mail.label).parent.name for mail in mails_in(tmp_path)] == ["cur", "cur", "new"]


def test_a_folder_of_samples_gives_only_its_mails(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(ONE)
    (tmp_path / "a.eml").write_bytes(TWO)
    (tmp_path / "a.json").write_text("{}")

    assert [Path(mail.label).name for mail in mails_in(tmp_path)] == ["a.eml", "b.eml"]


def test_mail_read_prints_one_object_a_mail(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.eml").write_bytes(ONE)
    (tmp_path / "b.eml").write_bytes(b"\0\xff broken")

    status = cli.main(["mail", "read", str(tmp_path), str(tmp_path / "none.eml"), "--jsonl"])

    out, err = capfdbinary.readouterr()
    lines = [json.loads(line) for line in out.decode().splitlines()]
    assert status == 1
    assert [Path(line["file"]).name for line in lines] == ["a.eml", "b.eml"]
    assert next(iter(lines[0])) == "file"
    assert lines[0]["new_text"] == "First."
    assert b"none.eml cannot be read" in err
