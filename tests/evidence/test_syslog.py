"""Log lines: when they were written, by whom, and what they mean; each once."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from unbroken.evidence.importing.syslog import import_syslog
from unbroken.evidence.models import LogLine
from unbroken.evidence.syslog.lines import Calendar, NotLogged, read
from unbroken.evidence.syslog.meaning import KINDS, catalogue, meaning_of

BERLIN = ZoneInfo("Europe/Berlin")
NEW = (
    '<165>1 2026-05-24T06:10:03.003+02:00 bng-1 evntslog - ID47 [x@1 a="b\\"]"] \ufeffDSL link down'
)
OLD = "<34>May 24 06:10:03 dslam-7 alarmd: VDSL vdsl_1/3/12 port LinkDown"


def test_both_kinds_of_line_are_read() -> None:
    new = read(NEW.encode(), Calendar(zone=None))
    old = read(OLD.encode(), Calendar(zone=BERLIN, year=2026))

    assert (new.host, new.severity, new.text) == ("bng-1", 5, "evntslog: DSL link down")
    assert (old.host, old.severity) == ("dslam-7", 2)
    assert old.text == "alarmd: VDSL vdsl_1/3/12 port LinkDown"
    assert new.at is not None
    assert new.at.replace(microsecond=0) == old.at == datetime(2026, 5, 24, 4, 10, 3, tzinfo=UTC)


def test_the_year_turns_when_december_ends() -> None:
    calendar = Calendar(zone=UTC, year=2025)
    lines = [read(f"{day} 00:00:01 h x".encode(), calendar).at for day in ("Dec 31", "Jan  1")]

    assert [at.year for at in lines if at] == [2025, 2026]


def test_a_line_whose_time_cannot_be_known_is_refused() -> None:
    lines = [
        b"", b"\x00\x01", OLD.encode(), b"<34>Feb 30 06:10:03 h x",
        b"<1>1 9999-99-99T00:00:00Z h a p m - x", b"<1>1 0001-01-01T00:00:00+14:00 h a p m - x",
    ]  # fmt: skip
    for line in lines:
        year = 2026 if b"Feb" in line else None
        with pytest.raises(NotLogged):
            read(line, Calendar(zone=UTC, year=year))


def test_hostile_lines_are_read_in_no_time() -> None:
    """Attack: structured data without an end, thousands of quotes and brackets."""
    head = b"<1>1 2026-05-24T06:10:03Z h a p m "
    for bad in (
        b"[x " + b'a="' * 5_000,
        b"[" * 9_000,
        b'[a b="\\' + b"\\" * 9_000,
        b"\xff" * 9_000,
    ):
        assert len(read(head + bad, Calendar(zone=None)).text) <= 4_000
        meaning_of((bad * 2).decode("latin-1")[:4_000])


def test_each_message_of_the_catalogue_means_what_it_says() -> None:
    for message in catalogue():
        found = meaning_of(message.example)

        assert message.kind in KINDS
        assert found is not None, message.example
        assert found.kind == message.kind, message.example


def test_ordinary_words_mean_nothing() -> None:
    assert meaning_of("sshd: Accepted publickey for admin from 192.0.2.1") is None


@pytest.mark.django_db
def test_a_file_is_taken_in_once(tmp_path: Path) -> None:
    file = tmp_path / "syslog"
    file.write_text(f"{OLD}\n{OLD}\n{NEW}\nnot a line of a log\n")

    first = import_syslog([str(file)], zone=BERLIN, year=2026)
    second = import_syslog([str(file)], zone=BERLIN, year=2026)

    assert (first.read, first.new, first.known) == (4, 3, 0)
    assert first.refused == [(f"{file}:4", "It names no time.")]
    assert (second.new, second.known) == (0, 3)
    assert set(LogLine.objects.values_list("host", "kind")) == {
        ("dslam-7", "line_down"), ("bng-1", "line_down"),
    }  # fmt: skip
