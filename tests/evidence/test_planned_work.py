"""Notices of planned work: taken in where there is no doubt, left to a person where there is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from town.town import Town
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.queries.windows import planned_windows
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.intake.planned_work import take_files

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
NIGHT = datetime(2026, 5, 24, 1, tzinfo=UTC)

INVENTORY = """{"resources": [
  {"id": "bng-x", "kind": "nas"},
  {"id": "ring-4", "kind": "link", "parents": ["bng-x"], "circuit": "NC/ring/0004"}]}"""

NOTICE = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
SUMMARY:Fibre work on ring 4\\, splices\r
DTSTAMP:20260518T070000Z\r
DTSTART:{start}\r
DTEND:20260524T050000Z\r
SEQUENCE:{sequence}\r
X-MAINTNOTE-PROVIDER:netco.example\r
X-MAINTNOTE-MAINTENANCE-ID:MW-117\r
X-MAINTNOTE-OBJECT-ID:{thing}\r
X-MAINTNOTE-IMPACT:OUT\r
 AGE\r
X-MAINTNOTE-STATUS:{status}\r
END:VEVENT\r
END:VCALENDAR\r
"""


def notice(
    folder: Path,
    *,
    thing: str = "nc/RING/0004",
    status: str = "CONFIRMED",
    start: str = "20260524T010000Z",
    sequence: int = 1,
) -> list[Path]:
    path = folder / f"{sequence}.ics"
    text = NOTICE.format(thing=thing, status=status, start=start, sequence=sequence)
    path.write_text(text, newline="")
    return [path]


@pytest.fixture
def ring(town: Town) -> None:
    import_inventory([INVENTORY], by=HOUSE, at=AT)


@pytest.mark.usefixtures("ring")
def test_a_notice_becomes_a_window_once_and_calling_it_off_changes_it(tmp_path: Path) -> None:
    first = take_files(notice(tmp_path), by=HOUSE, at=AT)
    again = take_files(notice(tmp_path), by=HOUSE, at=AT + timedelta(hours=1))
    (window,) = planned_windows(since=NIGHT, until=NIGHT, known_by=AT)
    assert (first.new, first.known, first.refused) == (1, 0, [])
    assert (again.new, again.known) == (0, 1)
    assert window.key == "netco.example MW-117"
    assert (window.resources, window.impact) == (("ring-4",), "OUTAGE")
    assert (window.since, window.until) == (NIGHT, NIGHT + timedelta(hours=4))

    off = take_files(notice(tmp_path, status="CANCELLED", sequence=2), by=HOUSE, at=AT)
    (window,) = planned_windows(since=NIGHT, until=NIGHT, known_by=AT)
    assert off.new == 1
    assert window.status == "CANCELLED"


@pytest.mark.usefixtures("ring")
def test_a_mail_that_carries_a_notice_will_do(tmp_path: Path) -> None:
    calendar = NOTICE.format(
        thing="ring-4", status="CONFIRMED", start="20260524T010000Z", sequence=1
    ).replace("DTSTAMP:20260518T070000Z\r\n", "")
    mail = tmp_path / "notice.eml"
    mail.write_bytes(
        b"From: noc@netco.example\r\nSubject: MW-117\r\nDate: Mon, 18 May 2026 10:00:00 +0200\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n"
        + calendar.encode()
    )
    assert take_files([mail], by=HOUSE, at=AT).new == 1
    written = datetime(2026, 5, 18, 8, tzinfo=UTC)
    assert len(planned_windows(since=NIGHT, until=NIGHT, known_by=written)) == 1


@pytest.mark.usefixtures("ring")
def test_nobody_knows_of_a_notice_before_it_was_written(tmp_path: Path) -> None:
    take_files(notice(tmp_path), by=HOUSE, at=AT)
    earlier = datetime(2026, 5, 18, 6, tzinfo=UTC)
    assert planned_windows(since=NIGHT, until=NIGHT, known_by=earlier) == []


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"thing": "ring-5"}, "The inventory does not know ring-5"),
        ({"start": "next Sunday"}, "The notice does not say from when to when"),
        ({"start": "20260525T010000Z"}, "The work would end before it begins"),
        ({"start": "20250524T010000Z"}, "No work lasts longer than 31 days: a date must be wrong"),
        ({"status": "PERHAPS"}, "There is no status PERHAPS in MAINTNOTE"),
    ],
)
def test_a_doubtful_notice_makes_no_window(
    tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    """Accident: a slip of the pen in a notice, which as a window would excuse a real fault."""
    taken = take_files(notice(tmp_path, **changed), by=HOUSE, at=AT)  # type: ignore[arg-type]
    assert [said for _, said in taken.refused] == [reason]
    assert planned_windows(since=NIGHT - timedelta(days=400), until=NIGHT, known_by=AT) == []


def test_a_mail_without_a_calendar_is_left_to_a_person(town: Town, tmp_path: Path) -> None:
    mail = tmp_path / "free.eml"
    mail.write_bytes(b"From: noc@netco.example\r\nSubject: Planned works\r\n\r\nTonight.\r\n")
    taken = take_files([mail, tmp_path / "absent.ics"], by=HOUSE, at=AT)
    assert [said for _, said in taken.refused] == [
        "no MAINTNOTE in it: a person has to read it",
        "No such file or directory",
    ]


def test_a_window_needs_something_it_is_about(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        note_planned_window(
            key="x", since=NIGHT, until=NIGHT + timedelta(hours=1), resources=[], by=HOUSE, at=AT
        )
    assert refusal.value.key == "window.nothing_named"
