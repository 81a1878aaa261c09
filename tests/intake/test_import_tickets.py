"""Another desk's requests and their steps become history: as they were, once, with no letter."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from unbroken.api.tickets.queries import hands_by_number
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.states import Status
from unbroken.ground.log import events_of
from unbroken.ground.models import Letter
from unbroken.house.commands import import_tickets as command
from unbroken.intake.past_tickets.importing import Report, import_tickets
from unbroken.intake.past_tickets.words import priority_of, status_of
from unbroken.staffing.models import Agent, Team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
TICKETS = """number,created,customer,service,channel,category,priority,status,\
resolved,closed,subject,text
INC1,2025-03-03T08:00:00+01:00,c-1,,Phone,Routing,2 - High,Closed,\
2025-03-04T09:00:00+01:00,2025-03-09T09:00:00+01:00,No route,It stopped
INC2,2025-03-03T10:00:00+01:00,c-1,,Email,Routing,4 - Low,Awaiting User Info,,,Slow,
"""
STEPS = """case,at,activity,group,person
INC1,2025-03-03T08:00:00+01:00,New,First line,Ada
INC1,2025-03-03T12:00:00+01:00,Active,Routers,Bob
INC1,2025-03-03T15:00:00+01:00,Resolved,First line,Ada
INC1,2025-03-03T16:00:00+01:00,Active,First line,Ada
INC1,2025-03-04T09:00:00+01:00,Resolved,First line,Ada
INC1,2025-03-09T09:00:00+01:00,Closed,First line,Ada
INC2,2025-03-03T10:00:00+01:00,New,First line,Ada
"""


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    tickets, steps = tmp_path / "tickets.csv", tmp_path / "steps.csv"
    tickets.write_text(TICKETS, encoding="utf-8")
    steps.write_text(STEPS, encoding="utf-8")
    return tickets, steps


def imported(*paths: Path) -> Report:
    report = import_tickets(paths, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return report


def ticket(number: str) -> TroubleTicket:
    return TroubleTicket.objects.get(external_id=number)


def test_a_request_keeps_its_dates_its_state_and_the_hands_it_went_through(
    tables: tuple[Path, Path],
) -> None:
    report = imported(*tables)

    assert (report.read, report.new, report.known, report.refused) == (2, 2, 0, [])
    found = ticket("INC1")
    assert (found.status, found.priority, found.channel) == ("closed", "high", "phone")
    assert found.resolved_at == datetime(2025, 3, 4, 8, tzinfo=UTC)
    hands = hands_by_number([found.pk])[found.pk]
    assert hands.groups == ("First line", "Routers")
    assert (hands.handovers, hands.returns, hands.reopened) == (2, 1, 1)
    kinds = [event.kind for event in events_of([f"ticket:{found.pk}"])]
    assert kinds.count("ticket.resolved") == 2
    assert kinds[-1] == "ticket.closed"


def test_nothing_follows_from_the_past(tables: tuple[Path, Path]) -> None:
    """Accident: 25,000 customers get a receipt for what was settled years ago."""
    imported(*tables)

    assert not Letter.objects.filter(stream__startswith="ticket:").exists()
    assert ticket("INC2").status == "pending"


def test_who_worked_there_is_named_but_works_here_no_more(tables: tuple[Path, Path]) -> None:
    imported(*tables)

    assert not Agent.objects.get(name="Bob").active
    open_teams = Team.objects.filter(active=True).values_list("name", flat=True)
    assert "First line" in open_teams
    assert "Routers" not in open_teams


def test_a_second_import_in_the_other_order_writes_nothing(tables: tuple[Path, Path]) -> None:
    imported(*tables)
    before = {row.pk: row.version for row in TroubleTicket.objects.all()}

    report = imported(*reversed(tables))

    assert (report.read, report.new, report.known, report.refused) == (2, 0, 2, [])
    assert {row.pk: row.version for row in TroubleTicket.objects.all()} == before


def test_what_happened_there_since_goes_on_here(tables: tuple[Path, Path]) -> None:
    """The trial import was last week; meanwhile the old desk went on."""
    imported(*tables)
    tickets, steps = tables
    tickets.write_text(
        TICKETS.replace("Awaiting User Info,,", "Closed,2025-03-08T10:00:00Z,2025-03-10T10:00:00Z"),
        encoding="utf-8",
    )
    with steps.open("a", encoding="utf-8") as more:
        more.write("INC2,2025-03-08T10:00:00Z,Resolved,Routers,Bob\n")

    report = imported(*tables)

    assert (report.new, report.known, report.continued) == (0, 2, 1)
    found = ticket("INC2")
    assert found.status == "closed"
    assert hands_by_number([found.pk])[found.pk].handovers == 1


BAD = """number,created,status,priority,resolved
,2025-03-03T08:00:00Z,Closed,,
A,yesterday,Closed,,
B,2025-03-03T08:00:00Z,Bananas,,
C,2025-03-03T08:00:00Z,Closed,enormous,
D,2025-03-03T08:00:00Z,Closed,,2025-03-02T08:00:00Z
E,2025-03-03T08:00:00Z,Closed,,2025-03-04T08:00:00Z
E,2025-03-03T08:00:00Z,Closed,,2025-03-04T08:00:00Z
F,2025-03-03T08:00:00Z,Closed,,,one,cell,too,many
"""


def test_a_bad_row_is_refused_by_itself_with_the_reason(tmp_path: Path) -> None:
    tickets, steps = tmp_path / "t.csv", tmp_path / "s.jsonl"
    tickets.write_text(BAD, encoding="utf-8")
    rows = [
        {"case": "E", "at": "2025-03-03T09:00:00Z", "activity": "Active"},
        {"case": "E", "at": "2024-03-03T09:00:00Z", "activity": "Active"},
        {"case": "Z", "at": "2025-03-03T09:00:00Z", "activity": "Active"},
        {"case": "E", "at": "2025-03-03T09:00:00Z"},
    ]
    lines = [*(json.dumps(row) for row in rows), "[]", "{"]
    steps.write_text("\n".join(lines), encoding="utf-8")

    report = imported(tickets, steps)

    assert (report.read, report.new, report.steps) == (8, 1, 1)
    reasons = " ".join(f"{item} {reason}" for item, reason in report.refused)
    assert len(report.refused) == 12, reasons
    for piece in ("number is missing", "yesterday", "Bananas", "enormous", "D it was resolved",
                  "twice", "9 cells", "before its request", "number Z", "activity is missing",
                  "no JSON object", "no JSON:"):  # fmt: skip
        assert piece in reasons


def test_steps_that_come_after_their_request_are_not_lost_in_silence(
    tables: tuple[Path, Path],
) -> None:
    imported(tables[0])

    report = imported(*tables)

    assert [item.rpartition(" ")[2] for item, _ in report.refused] == ["INC1", "INC2"]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Closed", "closed"),
        ("Completed/In Call", "resolved"),
        ("Queued/Awaiting Assignment", "acknowledged"),
        ("Awaiting User Info", "pending"),
        ("Wait - Vendor", "held"),
        ("inProgress", "inProgress"),
        ("Bananas", None),
    ],
)
def test_another_desks_word_for_a_state_is_understood_or_refused(
    word: str, state: Status | None
) -> None:
    assert status_of(word) == state


def test_a_priority_is_read_by_its_name_before_its_figure() -> None:
    words = ("2 - High", "P1", "normal", "7")
    assert [priority_of(word) for word in words] == ["high", "critical", "moderate", None]


def test_the_command_says_which_table_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "other.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    args = command.argparse.Namespace(paths=[table], timezone="UTC", adopt=False, json=True)

    assert command.run(args) == 3
    assert "other.csv holds neither requests" in capsys.readouterr().err
