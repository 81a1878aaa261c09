"""Carriers' notices by mail: their own forms are read; a doubtful one never becomes a window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.queries.windows import planned_windows, window_called
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.intake.actions import notices as actions
from unbroken.intake.actions import take_in
from unbroken.intake.actions.take import RawThing
from unbroken.intake.mail.carrier_forms import DOUBTS, Carrier, Letter
from unbroken.intake.mail.carriers import carriers, read_letter
from unbroken.intake.models import CarrierNotice
from unbroken.intake.notices.queries import NoticeRow, notice, original_of, waiting_notices
from unbroken.intake.reading import read_intake

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
NIGHT = datetime(2026, 6, 7, 1, tzinfo=UTC)
SOFIE = Actor.agent(1)

INVENTORY = """{"partners": [{"id": "arelion", "name": "Arelion", "email": "noc@arelion.com"}],
 "resources": [
  {"id": "bng-x", "kind": "nas"},
  {"id": "wave-4", "kind": "link", "parents": ["bng-x"], "circuit": "IC-330044",
   "owner": "arelion"},
  {"id": "ours-1", "kind": "link", "parents": ["bng-x"], "circuit": "IC-330099"}]}"""

WORK = """Planned Work Reference: PWIC204417.1
Start Date and Time: 2026-06-07 01:00 UTC
End Date and Time: 2026-06-07 05:00 UTC
Service ID: {circuit}
"""


@pytest.fixture
def network(db: None) -> None:
    import_inventory([INVENTORY], by=HOUSE, at=AT)


def comes(
    text: str,
    *,
    sender: str = "noc@arelion.com",
    subject: str = "Planned Work Notification PWIC204417.1 planned maintenance",
    at: datetime = AT,
) -> NoticeRow:
    """A mail comes in by the door and is read; the notice that was last."""
    raw = (
        f"From: {sender}\r\nTo: noc@us.example\r\nSubject: {subject}\r\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: <{hash((text, at))}@x>\r\n\r\n"
    ).encode() + (text + "Reason: splices\nImpact: 240 minutes\n").encode()
    taken, _is_new = take_in(RawThing("mail", raw), at=at)
    read_intake(taken, at=at)
    row = notice(CarrierNotice.objects.latest("id").pk)
    assert row is not None
    return row


@pytest.mark.parametrize("carrier", carriers().values(), ids=lambda one: one.key)
def test_every_form_reads_its_own_examples(carrier: Carrier) -> None:
    assert carrier.examples
    for example in carrier.examples:
        letter = Letter(example.subject, example.text, f"noc@{carrier.senders[0]}")
        assert tuple(read_letter(letter)) == example.expects
        assert all(doubt in DOUBTS for one in example.expects for doubt in one.doubts)


@pytest.mark.parametrize(
    ("text", "start", "doubts"),
    [
        ("Beginn: 24.05.2026 01:00 MESZ\nEnde: 05:00 MESZ", 23, set()),
        ("Начало: 24.05.2026 01:00 МСК\nОкончание: 24.05.2026 05:00 МСК", 22, set()),
        ("Inizio: 24-05-2026 01:00\nFine: 05:00", None, {"no_time"}),
        ("Start: 24 May 2026 01:00\nEnd: 24 May 2026 05:00", None, {"no_zone"}),
        ("Start: 2026-05-24 01:00 CST\nEnd: 2026-05-24 05:00 CST", None, {"no_zone"}),
        ("Start: 2026-07-24 01:00 CET\nEnd: 2026-07-24 05:00 CET", 0, {"no_zone"}),
        ("Start: 04/05/2026 01:00 UTC\nEnd: 04/05/2026 05:00 UTC", 1, {"day_or_month"}),
        (
            "Time zone: Europe/Berlin\nStart: 2026-10-25 02:30\nEnd: 2026-10-25 05:00",
            0,
            {"shifted_hour"},
        ),
    ],
)
def test_a_form_nobody_knows_is_a_proposal_and_says_what_is_open(
    text: str, start: int | None, doubts: set[str]
) -> None:
    """Accident: CST is Chicago or Shanghai, CET in July either hour, 04/05 April or May."""
    body = f"Reference: W-17\n{text}\nCircuits: NC/1, NC/2\n"
    (read,) = read_letter(Letter("Planned works", body, "noc@small.example"))
    assert set(read.doubts) == {*doubts, "unknown_form"}
    assert (read.starts_at.hour if read.starts_at else None) == start
    assert (read.number, read.things) == ("W-17", ("NC/1", "NC/2"))


@pytest.mark.usefixtures("network")
def test_a_carriers_own_form_becomes_a_window_moves_and_is_called_off() -> None:
    first = comes(WORK.format(circuit="IC-330044"))
    assert (first.state, first.doubts) == ("noted", [])
    (window,) = planned_windows(since=NIGHT, until=NIGHT, known_by=AT)
    assert (window.resources, window.until) == (("wave-4",), NIGHT + timedelta(hours=4))

    later = AT + timedelta(days=1)
    off = comes(
        "Planned Work Reference: PWIC204417.2\nService ID: IC-330044\n",
        subject="CANCELLED planned maintenance PWIC204417.2",
        at=later,
    )
    known = window_called("arelion.com PWIC204417")
    assert off.state == "noted"
    assert known is not None
    assert (known.status, known.since) == ("CANCELLED", NIGHT)


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("circuit", "sender", "doubt"),
    [
        ("IC-330044", "noc@evil.example", "stranger"),
        ("IC-330099", "noc@arelion.com", "not_theirs"),
        ("IC-111111", "noc@arelion.com", "nothing_named"),
    ],
)
def test_no_stranger_excuses_a_fault(circuit: str, sender: str, doubt: str) -> None:
    """Attack: a mail announces work on another's link, so that its fault counts as planned."""
    row = comes(WORK.format(circuit=circuit), sender=sender)
    assert row.state == "waiting"
    assert doubt in row.doubts
    assert planned_windows(since=NIGHT, until=NIGHT, known_by=AT) == []


@pytest.mark.usefixtures("network")
def test_a_person_corrects_and_accepts_once_or_refuses() -> None:
    row = comes(WORK.format(circuit="IC-111111"))
    assert "PWIC204417" in original_of(row.intake_id).text
    wrong = replace(row.reading, things=("nothing-1",))
    with pytest.raises(Refused):
        actions.accept_notice(notice_id=row.id, read=wrong, by=SOFIE, at=AT)
    right = replace(row.reading, things=("IC-330044",))
    actions.accept_notice(notice_id=row.id, read=right, by=SOFIE, at=AT)
    (window,) = planned_windows(since=NIGHT, until=NIGHT, known_by=AT)
    assert window.resources == ("wave-4",)
    with pytest.raises(Refused):
        actions.refuse_notice(notice_id=row.id, by=SOFIE, at=AT)


@pytest.mark.usefixtures("network")
def test_a_later_edition_takes_the_place_of_one_that_waits_and_an_older_one_waits() -> None:
    """Accident: mails overtake one another; yesterday's hours would stand again."""
    waits = comes(WORK.format(circuit="IC-111111"))
    newer = comes(WORK.format(circuit="IC-330044"), at=AT + timedelta(hours=2))
    assert newer.state == "noted"
    assert waiting_notices() == []
    found = notice(waits.id)
    assert found is not None
    assert found.state == "replaced"
    older = comes(WORK.format(circuit="IC-330044") + " \n", at=AT + timedelta(hours=1))
    assert older.doubts == ["older"]
