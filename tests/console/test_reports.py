"""Reports over requests: right numbers, nobody's secrets, and never at the cost of the desk."""

import csv
import io
import json
import re
from datetime import date, timedelta

import psycopg
import pytest
from django.db import InternalError, connection
from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from tests.portal.people import text_of
from unbroken.console.reports import mailing, making, running
from unbroken.console.reports.asking import Question, period_of, read_question
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake import post
from unbroken.quality import projections
from unbroken.quality.models import SavedReport
from unbroken.quality.state import reports as kept
from unbroken.staffing import actions as staffing
from unbroken.staffing import queries as people
from unbroken.staffing.ids import AgentId
from unbroken.staffing.queries import AgentCard

POST = "intake.service_mail"
NAMES = ("message_id", "to", "subject", "words", "language", "at", "files")
TEAMS = {"group": "team", "measure": "count", "period": "30"}


@pytest.fixture
def busy_desk(desk: Desk) -> Desk:
    """Three requests, one of them solved; Timo leads the first line."""
    for who, subject, team in (
        ("Anneke de Wit", "lamp", "first-line"),
        ("Anneke de Wit", "noise", "first-line"),
        ("Bram Visser", "invoice", "billing"),
    ):
        ticket = desk.asks(who, subject, team=team, at=ago(hours=3))
        if subject == "lamp":
            record.resolve_ticket(ticket_id=ticket, by=desk.by(SOFIE), at=now())
    staffing.give_role(agent_id=AgentId(desk.agents[TIMO]), role="lead", by=HOUSE, at=now())
    drain(at=now())
    projections.count_aside(at=now(), limit=100)
    return desk


def table(client: Client, **asked: str) -> dict[str, str]:
    answer = client.get("/console/reports/table.csv", {**TEAMS, **asked})
    lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    return {line[0]: line[-2] for line in list(lines)[1:]}


def card(desk: Desk, who: str) -> AgentCard:
    found = people.agent(AgentId(desk.agents[who]))
    assert found is not None
    return found


def test_a_report_counts_what_its_reader_may_see(busy_desk: Desk) -> None:
    assert table(busy_desk.client(VERA)) == {"First line": "2", "Billing": "1"}
    assert table(busy_desk.client(TIMO)) == {"First line": "2"}, "never another team's"
    assert busy_desk.client(SOFIE).get("/console/reports/").status_code == 403


def test_two_groups_are_crossed_with_their_sums_and_lists(busy_desk: Desk) -> None:
    head = busy_desk.client(VERA)
    asked = {**TEAMS, "second": "status", "chart": "cross"}

    page = head.get("/console/reports/", asked).content.decode()
    for name, number in (
        ("First line, New", 1),
        ("First line", 2),
        ("New", 2),
        ("All together", 3),
    ):
        assert f'aria-label="{name}: {number}"' in page, name
    taken = head.get("/console/reports/table.csv", asked).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(taken))) == [
        ["team / status", "New", "Resolved"],
        ["First line", "1", "1"],
        ["Billing", "1", ""],
    ]
    shares = head.get("/console/reports/", {**asked, "measure": "first_contact"}).content.decode()
    assert "<tfoot>" not in shares, "shares do not add up"


def test_the_price_of_orders_is_added_up_where_a_field_holds_it(busy_desk: Desk) -> None:
    """The attack: a measure that is no field of numbers, in the address."""
    topic = record.set_topic(key="orders", names={"en": "Orders"}, by=HOUSE, at=now())
    record.set_field(
        key="price", topic_id=topic, kind="number", names={"en": "Price"}, by=HOUSE, at=now()
    )
    tickets = TroubleTicket.objects.order_by("id").values_list("id", flat=True)
    for ticket, price in zip(map(TicketId, tickets), ("49.90", "100.10"), strict=False):
        record.classify_ticket(ticket_id=ticket, topic_id=topic, by=HOUSE, at=now())
        record.fill_fields(ticket_id=ticket, typed={"price": price}, by=HOUSE, at=now())

    head = busy_desk.client(VERA)
    assert table(head, measure="sum.field.price") == {"First line": "150", "Billing": ""}
    assert table(head, measure="mean.field.price")["First line"] == "75"
    for wrong in ("sum.field.nothing", "sum.price", "max.field.price", "sum.field.price; --"):
        assert read_question({"measure": wrong}).measure == "count"


def test_groups_measures_and_words_narrow_and_every_number_opens_its_list(busy_desk: Desk) -> None:
    head = busy_desk.client(VERA)

    assert table(head, group="status", words="team:first-line") == {"New": "1", "Resolved": "1"}
    assert table(head, group="customer", measure="first_contact")["Anneke de Wit"] == "100"
    assert table(head, group="status", measure="resolve_median")["Resolved"].startswith("3")
    page = head.get("/console/reports/", {**TEAMS, "second": "status", "chart": "stacked"})
    links = re.findall(r'href="(/console/\?q=received[^"]*)"', page.content.decode())
    assert len(links) == 4, "three numbers and their sum"
    opened = text_of(head.get(links[0].replace("&amp;", "&")))
    assert ("noise" in opened) != ("lamp" in opened)


def test_a_custom_field_groups_and_its_numbers_open_their_list(busy_desk: Desk) -> None:
    at = now()
    topic = record.set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=at)
    record.set_field(
        key="router", topic_id=topic, kind="choice", names={"en": "Router"},
        choices=[{"key": "fritz-box", "names": {"en": "Fritz!Box"}}], by=HOUSE, at=at,
    )  # fmt: skip
    invoice = TroubleTicket.objects.get(name="invoice").pk
    record.classify_ticket(ticket_id=invoice, topic_id=topic, by=HOUSE, at=at)
    record.fill_fields(ticket_id=invoice, typed={"router": "fritz-box"}, by=HOUSE, at=at)
    head = busy_desk.client(VERA)

    assert table(head, group="field.router") == {"Fritz!Box": "1", "Not filled in": "2"}
    assert table(head, group="team", second="field.router")["First line"] == "2"
    assert table(busy_desk.client(TIMO), group="field.router") == {"Not filled in": "2"}
    page = head.get("/console/reports/", {**TEAMS, "group": "field.router"}).content.decode()
    assert '<option value="field.router" selected' in page
    link = re.findall(r'href="(/console/\?q=received[^"]*field.router[^"]*)"', page)[0]
    opened = text_of(head.get(link.replace("&amp;", "&")))
    assert "invoice" in opened
    assert "noise" not in opened
    evil = {"group": "field.x); DROP TABLE topic", "second": "field.nothing"}
    assert read_question(evil) == Question(), "attack: a field that is none"


def test_a_report_that_would_run_for_ever_is_cut_and_says_so_while_pages_answer(
    busy_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: a question waits behind something that never ends."""
    monkeypatch.setattr(running, "QUICK_MS", 60)
    monkeypatch.setattr(running, "SLOW_MS", 60)
    head, asked = busy_desk.client(VERA), {**TEAMS, "group": "channel"}
    with psycopg.connect(_address()) as other:
        other.execute("LOCK TABLE time_spent IN ACCESS EXCLUSIVE MODE")
        asked["measure"] = "time_spent"

        waiting = head.get("/console/reports/", asked)
        assert "large one" in text_of(waiting)
        assert head.get("/console/").status_code == 200
        assert making.make_waiting(now())

    assert "was cut" in text_of(head.get("/console/reports/", asked))
    assert not making.make_waiting(now()), "nobody waits any more"


def _address() -> str:
    params = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return " ".join(f"{name}={params[name]}" for name in names if params.get(name))


def test_one_question_at_a_time_and_none_too_wide(
    busy_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: everybody asks for everything on Monday morning."""
    vera, day, question = card(busy_desk, VERA), now().date(), Question(group="team")
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [running.ONE_AT_A_TIME])
        found = running.asked(vera, question, day=day, at=now())
        assert found.state == "waiting"
        assert not making.make_waiting(now())
    assert making.make_waiting(now())
    assert running.asked(vera, question, day=day, at=now()).state == "ready"

    monkeypatch.setattr(running, "COST_MAX", 0.5)
    wide = running.asked(vera, Question(group="channel"), day=day, at=now())
    assert wide.state == "wide"


def test_a_report_can_change_nothing(busy_desk: Desk) -> None:
    """Attack: a measure that writes."""
    with (
        pytest.raises(InternalError, match="read-only"),
        running._read_only(1000),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ticket_measure")


def keep(client: Client, **form: str) -> int:
    answer = client.post("/console/reports/new", {**TEAMS, "name": "Weekly", **form})
    return int(answer.headers["Location"].rpartition("/")[2])


def mails() -> list[tuple[str, str, str]]:
    """What waits to be sent: to whom, the subject, the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args -> 'to' ->> 1, args ->> 'subject', args ->> 'words'"
            " FROM procrastinate_jobs WHERE task_name = 'intake.service_mail' ORDER BY id"
        )
        return cursor.fetchall()


def test_a_kept_report_is_shared_and_mailed_once_with_the_rights_of_each(busy_desk: Desk) -> None:
    head, lead = busy_desk.client(VERA), busy_desk.client(TIMO)
    report = keep(head, scope="all")
    for client in (head, lead):
        client.post(f"/console/reports/{report}/mail", {"every": "day"})
    morning = (now() + timedelta(days=1)).replace(hour=9)

    assert mailing.send_due(now()) == 0, "from the next day on"
    assert mailing.send_due(morning.replace(hour=4)) == 0, "not by night"
    assert mailing.send_due(morning) == 2
    assert mailing.send_due(morning) == 0

    sent = {to: words for to, _subject, words in mails()}
    assert "Billing: 1" in sent[VERA]
    assert "Billing" not in sent[TIMO]
    assert "First line: 2" in sent[TIMO]


def test_a_broken_report_is_switched_off_and_told_while_others_are_mailed(
    busy_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: a measure that the database cannot work out, in one of two reports."""
    head = busy_desk.client(VERA)
    for form in ({"name": "Broken", "measure": "reopened"}, {"name": "Sound"}):
        head.post(f"/console/reports/{keep(head, **form)}/mail", {"every": "day"})
    broken = {**running.MEASURE_SQL, "reopened": "1 / 0 * sum(measure.reopened)"}
    monkeypatch.setattr(running, "MEASURE_SQL", broken)
    morning = (now() + timedelta(days=1)).replace(hour=9)

    sent = [mailing.send_due(morning + timedelta(minutes=m)) for m in (0, 1, 21, 42, 63, 90)]

    assert sent == [1, 0, 0, 0, 0, 0]
    subjects = [subject for _to, subject, _words in mails()]
    assert subjects == ["Report: Sound", "Not mailed any more: Broken"]
    report = SavedReport.objects.get(name="Broken").pk
    page = text_of(head.get(f"/console/reports/{report}"))
    assert "could not be made" in page, "and the page is there to mend it"
    assert "not mailed any more" in page
    running.kept.note_answer(
        "x", day=morning.date(), asked={"measure": "reopened"}, state="waiting", rows=[],
        sight={"agent": busy_desk.agents[VERA]}, at=morning,
    )  # fmt: skip
    assert making.make_waiting(morning)
    assert not making.make_waiting(morning), "it blocks nobody behind it"


def test_a_report_s_mail_carries_the_table_and_no_formula(busy_desk: Desk) -> None:
    """Attack: a customer whose name a spreadsheet would run."""
    busy_desk.known("=HYPERLINK(1)", "eve@home.example")
    busy_desk.asks("=HYPERLINK(1)", "hi")
    drain(at=now())
    projections.count_aside(at=now(), limit=100)
    head = busy_desk.client(VERA)
    head.post(f"/console/reports/{keep(head, group='customer')}/mail", {"every": "day"})

    mailing.send_due((now() + timedelta(days=1)).replace(hour=9))

    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [POST])
        args = json.loads(cursor.fetchone()[0])
    file = post._outgoing(*(args[name] for name in NAMES)).files[0]
    assert (file.name, file.media_type) == ("report.csv", "text/csv")
    lines = file.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "customer,count,requests"
    assert "'=HYPERLINK(1),1,1" in lines


def test_whoever_left_or_lost_the_right_gets_no_mail(busy_desk: Desk) -> None:
    """Accident: a leaver goes on reading the desk's numbers."""
    report = keep(busy_desk.client(VERA), scope="all")
    for who in (VERA, TIMO):
        busy_desk.client(who).post(f"/console/reports/{report}/mail", {"every": "day"})
    staffing.retire_agent(agent_id=AgentId(busy_desk.agents[VERA]), by=HOUSE, at=now())
    staffing.give_role(agent_id=AgentId(busy_desk.agents[TIMO]), role="agent", by=HOUSE, at=now())

    assert mailing.send_due((now() + timedelta(days=1)).replace(hour=9)) == 0
    assert mails() == []


def test_a_kept_report_is_changed_by_whose_it_is_and_adds_up(busy_desk: Desk) -> None:
    head, lead = busy_desk.client(VERA), busy_desk.client(TIMO)
    report = keep(head, scope="mine")

    shown = head.get("/console/reports/", {**TEAMS, "group": "status", "of": str(report)})
    assert "differs from what is kept" in text_of(shown)
    assert re.search(r"All together\s+3\s+3", text_of(shown)), "the lines add up"
    change = {**TEAMS, "group": "status", "name": "By state"}
    assert lead.post(f"/console/reports/{report}/change", change).status_code == 404
    head.post(f"/console/reports/{report}/change", change)

    page = head.get(f"/console/reports/{report}")
    assert "By state" in text_of(page)
    assert "differs" not in text_of(page)
    assert '<option value="status" selected' in page.content.decode()
    median = head.get("/console/reports/", {**TEAMS, "measure": "resolve_median"})
    assert "All together" not in text_of(median), "medians do not add up"


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("last-month", "received:2026-10-01..2026-10-31"),
        ("this-month", "received:2026-11-01..2026-11-18"),
        ("last-week", "received:2026-11-09..2026-11-15"),
        ("this-week", "received:2026-11-16..2026-11-18"),
        ("7", "received:2026-11-12..2026-11-18"),
    ],
)
def test_a_report_on_the_first_of_the_month_tells_of_the_month_before(
    period: str, days: str
) -> None:
    assert Question(period=period).days(date(2026, 11, 18)) == days


def test_nobody_finds_or_ends_a_report_that_is_not_theirs(busy_desk: Desk) -> None:
    head, lead = busy_desk.client(VERA), busy_desk.client(TIMO)
    report = keep(head, scope="mine")

    assert lead.get(f"/console/reports/{report}").status_code == 404
    assert lead.post(f"/console/reports/{report}/end").status_code == 404
    assert "Weekly" in text_of(head.get(f"/console/reports/{report}"))
    head.post(f"/console/reports/{report}/end")
    assert kept.saved_reports(agent_id=busy_desk.agents[VERA], team_ids=[]) == []


def test_what_cannot_be_read_is_as_it_is_by_default() -> None:
    """Attack: an address that would put something into the statement."""
    evil = {"group": "1; DROP TABLE topic", "second": "team", "measure": "x", "period": "-1"}

    assert read_question(evil) == Question(second="") or read_question(evil).group == "team"
    assert read_question({"group": "team", "second": "team"}).groups == ("team",)
    assert period_of("week", date(2026, 11, 22)) == "2026-W47"
    assert period_of("month", date(2026, 11, 22)) == "2026-11"
